CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"hook" text NOT NULL,
	"pizzeria" text NOT NULL,
	"position" bigint NOT NULL,
	"type" text NOT NULL,
	"number" bigint NOT NULL,
	"at" bigint NOT NULL,
	"due_at" bigint,
	"tries" bigint NOT NULL,
	"outcome" text NOT NULL,
	"answer" text
);
--> statement-breakpoint
CREATE TABLE "hooks" (
	"id" text PRIMARY KEY NOT NULL,
	"pizzeria" text NOT NULL,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"types" json NOT NULL,
	"epoch" text NOT NULL,
	"position" bigint NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_hook_hooks_id_fk" FOREIGN KEY ("hook") REFERENCES "public"."hooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hooks" ADD CONSTRAINT "hooks_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at") WHERE "deliveries"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_hook" ON "deliveries" USING btree ("hook","position");--> statement-breakpoint
CREATE INDEX "deliveries_at" ON "deliveries" USING btree ("at");--> statement-breakpoint
CREATE INDEX "hooks_pizzeria" ON "hooks" USING btree ("pizzeria");