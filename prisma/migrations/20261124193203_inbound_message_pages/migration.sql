-- DropIndex
DROP INDEX "inbound_message_tenant_id_hook_id_state_idx";

-- CreateIndex
CREATE INDEX "inbound_message_tenant_id_hook_id_id_idx" ON "inbound_message"("tenant_id", "hook_id", "id");

-- CreateIndex
CREATE INDEX "inbound_message_tenant_id_hook_id_state_id_idx" ON "inbound_message"("tenant_id", "hook_id", "state", "id");
