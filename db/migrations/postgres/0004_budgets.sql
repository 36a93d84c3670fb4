CREATE TABLE "budgets" (
	"what" text NOT NULL,
	"who" text NOT NULL,
	"until" bigint NOT NULL,
	CONSTRAINT "budgets_what_who_pk" PRIMARY KEY("what","who")
);
--> statement-breakpoint
CREATE TABLE "trust" (
	"pizzeria" text NOT NULL,
	"who" text NOT NULL,
	"order" text NOT NULL,
	"state" text NOT NULL,
	"first" boolean NOT NULL,
	"pizzas" integer NOT NULL,
	"later" boolean NOT NULL,
	"at" bigint NOT NULL,
	"until" bigint NOT NULL,
	CONSTRAINT "trust_pizzeria_who_order_pk" PRIMARY KEY("pizzeria","who","order")
);
--> statement-breakpoint
ALTER TABLE "trust" ADD CONSTRAINT "trust_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "budgets_until" ON "budgets" USING btree ("until");--> statement-breakpoint
CREATE INDEX "trust_order" ON "trust" USING btree ("order");--> statement-breakpoint
CREATE INDEX "trust_until" ON "trust" USING btree ("until");--> statement-breakpoint
CREATE INDEX "trust_rush" ON "trust" USING btree ("pizzeria","state","first","at");