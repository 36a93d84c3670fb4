ALTER TABLE "orders" ADD COLUMN "phone" text;--> statement-breakpoint
CREATE INDEX "orders_phone" ON "orders" USING btree ("pizzeria","phone","placed_at") WHERE "orders"."phone" is not null;