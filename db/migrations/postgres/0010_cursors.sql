CREATE TABLE "cursors" (
	"reader" text NOT NULL,
	"pizzeria" text NOT NULL,
	"epoch" text NOT NULL,
	"position" bigint NOT NULL,
	"holder" text NOT NULL,
	"held_until" bigint NOT NULL,
	CONSTRAINT "cursors_reader_pizzeria_pk" PRIMARY KEY("reader","pizzeria")
);
--> statement-breakpoint
ALTER TABLE "pizzerias" ADD COLUMN "revocations" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "cursors" ADD CONSTRAINT "cursors_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;