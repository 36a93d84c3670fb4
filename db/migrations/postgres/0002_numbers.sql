CREATE TABLE "numbers" (
	"pizzeria" text NOT NULL,
	"day" text NOT NULL,
	"test" boolean NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "numbers_pizzeria_day_test_pk" PRIMARY KEY("pizzeria","day","test")
);
--> statement-breakpoint
CREATE TABLE "rehearsals" (
	"pizzeria" text PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"planned" integer NOT NULL,
	"placed" integer DEFAULT 0 NOT NULL,
	"ends_at" bigint NOT NULL,
	"seen_at" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "orders_number";--> statement-breakpoint
ALTER TABLE "log" ADD COLUMN "trusted_at" bigint;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "test" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "pizzerias" ADD COLUMN "country" text DEFAULT 'FR' NOT NULL;--> statement-breakpoint
ALTER TABLE "pizzerias" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "pizzerias" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "numbers" ADD CONSTRAINT "numbers_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rehearsals" ADD CONSTRAINT "rehearsals_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "orders_number" ON "orders" USING btree ("pizzeria","day","test","number");