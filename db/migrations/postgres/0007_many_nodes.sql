CREATE TABLE "erasures" (
	"order" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "position" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "version" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "data" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "idempotency" ALTER COLUMN "response" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "items" ALTER COLUMN "sort" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "items" ALTER COLUMN "stock" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "items" ALTER COLUMN "body" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "log" ALTER COLUMN "id" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "numbers" ALTER COLUMN "last" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "number" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "pizzas" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "painted" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "unseen" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "position" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "owed" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "body" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "pizzerias" ALTER COLUMN "settings" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "pizzerias" ALTER COLUMN "busy_minutes" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "pizzerias" ALTER COLUMN "position" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "pizzerias" ALTER COLUMN "oldest" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "pizzerias" ALTER COLUMN "oldest" SET DEFAULT 1;--> statement-breakpoint
ALTER TABLE "pizzerias" ALTER COLUMN "menu_version" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "pizzerias" ALTER COLUMN "last_number" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "pizzerias" ALTER COLUMN "people_kept_days" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "rehearsals" ALTER COLUMN "planned" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "rehearsals" ALTER COLUMN "placed" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "screens" ALTER COLUMN "settings" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "screens" ALTER COLUMN "shown_position" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "screens" ALTER COLUMN "report" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "toppings" ALTER COLUMN "sort" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "toppings" ALTER COLUMN "body" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "trust" ALTER COLUMN "pizzas" SET DATA TYPE bigint;