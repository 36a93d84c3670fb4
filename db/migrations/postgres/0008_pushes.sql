CREATE TABLE "pushes" (
	"order" text NOT NULL,
	"endpoint" text NOT NULL,
	"pizzeria" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"at" bigint NOT NULL,
	"due_at" bigint,
	"tries" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "pushes_order_endpoint_pk" PRIMARY KEY("order","endpoint")
);
--> statement-breakpoint
ALTER TABLE "pushes" ADD CONSTRAINT "pushes_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pushes_due" ON "pushes" USING btree ("due_at") WHERE "pushes"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "pushes_at" ON "pushes" USING btree ("at");