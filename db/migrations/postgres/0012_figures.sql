CREATE TABLE "days" (
	"pizzeria" text NOT NULL,
	"day" text NOT NULL,
	"changes" bigint NOT NULL,
	"folded" bigint DEFAULT -1 NOT NULL,
	"body" json,
	CONSTRAINT "days_pizzeria_day_pk" PRIMARY KEY("pizzeria","day")
);
--> statement-breakpoint
ALTER TABLE "days" ADD CONSTRAINT "days_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "days_stale" ON "days" USING btree ("day") WHERE "days"."folded" <> "days"."changes";--> statement-breakpoint
CREATE INDEX "orders_placed" ON "orders" USING btree ("pizzeria","placed_at","id");--> statement-breakpoint
CREATE INDEX "orders_of_number" ON "orders" USING btree ("pizzeria","number","placed_at");