CREATE TABLE "events" (
	"pizzeria" text NOT NULL,
	"position" integer NOT NULL,
	"id" text NOT NULL,
	"subject" text NOT NULL,
	"version" integer NOT NULL,
	"type" text NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "events_pizzeria_position_pk" PRIMARY KEY("pizzeria","position")
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"response" jsonb NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "idempotency_scope_key_pk" PRIMARY KEY("scope","key")
);
--> statement-breakpoint
CREATE TABLE "items" (
	"pizzeria" text NOT NULL,
	"id" text NOT NULL,
	"sort" integer NOT NULL,
	"available" boolean DEFAULT true NOT NULL,
	"until" bigint,
	"stock" integer,
	"body" jsonb NOT NULL,
	CONSTRAINT "items_pizzeria_id_pk" PRIMARY KEY("pizzeria","id")
);
--> statement-breakpoint
CREATE TABLE "log" (
	"id" integer PRIMARY KEY NOT NULL,
	"epoch" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text PRIMARY KEY NOT NULL,
	"pizzeria" text NOT NULL,
	"tracking" text NOT NULL,
	"day" text NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"pizzas" integer NOT NULL,
	"promise_at" bigint NOT NULL,
	"placed_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"queued_at" bigint,
	"shown_at" bigint,
	"unseen" integer DEFAULT 0 NOT NULL,
	"position" integer NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pairings" (
	"code" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"device" text NOT NULL,
	"pizzeria" text,
	"session" text,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pizzerias" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"currency" text NOT NULL,
	"timezone" text NOT NULL,
	"settings" jsonb NOT NULL,
	"paused_until" bigint,
	"busy_minutes" integer DEFAULT 0 NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"oldest" integer DEFAULT 1 NOT NULL,
	"menu_version" integer DEFAULT 0 NOT NULL,
	"day" text DEFAULT '' NOT NULL,
	"last_number" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "screens" (
	"pizzeria" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"paired" boolean DEFAULT false NOT NULL,
	"settings" jsonb NOT NULL,
	"connected" boolean DEFAULT false NOT NULL,
	"seen_at" bigint NOT NULL,
	"shown_position" integer DEFAULT 0 NOT NULL,
	"report" jsonb NOT NULL,
	CONSTRAINT "screens_pizzeria_id_pk" PRIMARY KEY("pizzeria","id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"pizzeria" text NOT NULL,
	"kind" text NOT NULL,
	"role" text NOT NULL,
	"name" text NOT NULL,
	"screen" text,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" text PRIMARY KEY NOT NULL,
	"pizzeria" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"pin_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "toppings" (
	"pizzeria" text NOT NULL,
	"id" text NOT NULL,
	"sort" integer NOT NULL,
	"available" boolean DEFAULT true NOT NULL,
	"until" bigint,
	"body" jsonb NOT NULL,
	CONSTRAINT "toppings_pizzeria_id_pk" PRIMARY KEY("pizzeria","id")
);
--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "screens" ADD CONSTRAINT "screens_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "toppings" ADD CONSTRAINT "toppings_pizzeria_pizzerias_id_fk" FOREIGN KEY ("pizzeria") REFERENCES "public"."pizzerias"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_subject" ON "events" USING btree ("subject","version");--> statement-breakpoint
CREATE INDEX "events_at" ON "events" USING btree ("pizzeria","at");--> statement-breakpoint
CREATE INDEX "idempotency_at" ON "idempotency" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_tracking" ON "orders" USING btree ("tracking");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_number" ON "orders" USING btree ("pizzeria","day","number");--> statement-breakpoint
CREATE INDEX "orders_state" ON "orders" USING btree ("pizzeria","state","updated_at");--> statement-breakpoint
CREATE INDEX "orders_load" ON "orders" USING btree ("pizzeria","state","promise_at","pizzas");--> statement-breakpoint
CREATE UNIQUE INDEX "pairings_token" ON "pairings" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_screen" ON "sessions" USING btree ("screen");--> statement-breakpoint
CREATE INDEX "staff_pizzeria" ON "staff" USING btree ("pizzeria");