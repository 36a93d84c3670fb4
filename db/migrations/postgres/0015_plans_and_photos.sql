CREATE TABLE "photos" (
	"pizzeria" text NOT NULL,
	"id" text NOT NULL,
	"at" bigint NOT NULL,
	"data" text NOT NULL,
	CONSTRAINT "photos_pizzeria_id_pk" PRIMARY KEY("pizzeria","id")
);
--> statement-breakpoint
CREATE TABLE "menu_plans" (
	"pizzeria" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"base" json NOT NULL,
	"menu" json NOT NULL,
	"by" text,
	"trouble" text
);
--> statement-breakpoint
ALTER TABLE "screens" ADD COLUMN "removed_at" bigint;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "menu_plans" ADD CONSTRAINT "menu_plans_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "photos_id" ON "photos" USING btree ("id");--> statement-breakpoint
CREATE INDEX "menu_plans_due" ON "menu_plans" USING btree ("at") WHERE "menu_plans"."trouble" is null;