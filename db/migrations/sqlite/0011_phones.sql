ALTER TABLE `orders` ADD `phone` text;--> statement-breakpoint
CREATE INDEX `orders_phone` ON `orders` (`pizzeria`,`phone`,`placed_at`) WHERE "orders"."phone" is not null;--> statement-breakpoint
UPDATE `orders` SET `phone` = json_extract(`body`, '$.customer.phone') WHERE `people` = true;
