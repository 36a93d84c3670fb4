ALTER TABLE "orders" ADD COLUMN "people" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "pizzerias" ADD COLUMN "people_kept_days" integer;--> statement-breakpoint
CREATE INDEX "items_back" ON "items" USING btree ("until") WHERE "items"."available" = false;--> statement-breakpoint
CREATE INDEX "orders_unseen" ON "orders" USING btree ("queued_at") WHERE "orders"."state" = 'queued' and "orders"."shown_at" is null;--> statement-breakpoint
CREATE INDEX "orders_due" ON "orders" USING btree ("promise_at") WHERE "orders"."state" = 'scheduled';--> statement-breakpoint
CREATE INDEX "orders_people" ON "orders" USING btree ("pizzeria","placed_at") WHERE "orders"."people" = true;--> statement-breakpoint
CREATE INDEX "pairings_expiry" ON "pairings" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "screens_connected" ON "screens" USING btree ("seen_at") WHERE "screens"."connected" = true;--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sessions_ended" ON "sessions" USING btree ("ended_at") WHERE "sessions"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "toppings_back" ON "toppings" USING btree ("until") WHERE "toppings"."available" = false;