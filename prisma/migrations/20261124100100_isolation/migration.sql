-- Tenant isolation and frozen versions: what Prisma's schema language cannot say.
--
-- A transaction names its tenant with set_config('app.tenant_id', <uuid>, true). Without one it sees no row. FORCE
-- binds the owner too, so that a migration or a mistake in a role changes nothing. Foreign key checks bypass
-- policies by design: they are safe because each contains tenant_id.

DO $$
DECLARE
  -- (select …) is evaluated once a statement, so indexes stay usable; after a transaction the setting is '' on a
  -- pooled connection, not null, hence nullif.
  own_rows constant text := $sql$tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)$sql$;
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY[
    'api_key', 'taxonomy', 'taxonomy_version', 'label', 'prompt_template', 'text_embedding', 'taxonomy_matrix',
    'classification', 'prediction', 'idempotency_key'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (%s) WITH CHECK (%s)', table_name, own_rows, own_rows);
  END LOOP;
END
$$;

-- A tenant sees and renames itself; only the operator makes, lists and removes tenants.
ALTER TABLE "tenant" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tenant" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_reads_itself ON "tenant" FOR SELECT
  USING (id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY tenant_updates_itself ON "tenant" FOR UPDATE
  USING (id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  WITH CHECK (id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY operator ON "tenant"
  USING ((select current_setting('app.operator', true)) = 'on')
  WITH CHECK ((select current_setting('app.operator', true)) = 'on');

ALTER TABLE "installation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "installation" FORCE ROW LEVEL SECURITY;
CREATE POLICY operator ON "installation"
  USING ((select current_setting('app.operator', true)) = 'on')
  WITH CHECK ((select current_setting('app.operator', true)) = 'on');
ALTER TABLE "installation" ADD CONSTRAINT "installation_one_row" CHECK (id = 1);

-- Labels come in any order within a transaction: a child may be written before its parent.
ALTER TABLE "label" ALTER CONSTRAINT "label_tenant_id_version_id_parent_key_fkey" DEFERRABLE INITIALLY DEFERRED;

-- Number 0 is the draft, and nothing else is.
ALTER TABLE "taxonomy_version" ADD CONSTRAINT "taxonomy_version_draft_is_number_0"
  CHECK (number >= 0 AND (number = 0) = (state = 'DRAFT'));

-- Frozen means frozen: the contents of a version change only while it is DRAFT or EMBEDDING. The one exception is
-- the operator, who may delete (never change) them to erase a tenant. Once a statement, not once a row: thousands
-- of labels are written at a time. FOR SHARE makes the publishing job wait for a writer that is about to commit.
CREATE FUNCTION refuse_frozen_contents() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  frozen record;
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('app.operator', true) = 'on' THEN
    RETURN NULL;
  END IF;
  PERFORM FROM taxonomy_version v
    WHERE v.state = 'EMBEDDING' AND (v.tenant_id, v.id) IN (SELECT c.tenant_id, c.version_id FROM changed c)
    FOR SHARE;
  SELECT v.id, v.state INTO frozen FROM taxonomy_version v
    WHERE v.state NOT IN ('DRAFT', 'EMBEDDING')
      AND (v.tenant_id, v.id) IN (SELECT c.tenant_id, c.version_id FROM changed c)
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'taxonomy version % is % and frozen: % of % refused', frozen.id, frozen.state, TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'taxonomy_version_frozen';
  END IF;
  RETURN NULL;
END
$$;

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['label', 'prompt_template', 'taxonomy_matrix'] LOOP
    EXECUTE format('CREATE TRIGGER frozen_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_contents()', table_name);
    EXECUTE format('CREATE TRIGGER frozen_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_contents()', table_name);
    -- Two for UPDATE: out of a frozen version and into one.
    EXECUTE format('CREATE TRIGGER frozen_update_old AFTER UPDATE ON %I REFERENCING OLD TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_contents()', table_name);
    EXECUTE format('CREATE TRIGGER frozen_update_new AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_contents()', table_name);
  END LOOP;
END
$$;

-- A version never changes its identity, and a READY one nothing at all; a FAILED one may be tried again.
CREATE FUNCTION refuse_frozen_version() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'READY' OR current_setting('app.operator', true) = 'on' THEN
      RETURN OLD;
    END IF;
  ELSIF (NEW.tenant_id, NEW.id, NEW.taxonomy_id, NEW.number) = (OLD.tenant_id, OLD.id, OLD.taxonomy_id, OLD.number)
    AND (OLD.state <> 'READY' OR NEW IS NOT DISTINCT FROM OLD) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'taxonomy version % (number %, %) is frozen: % refused', OLD.id, OLD.number, OLD.state, TG_OP
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'taxonomy_version_frozen';
END
$$;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON "taxonomy_version"
  FOR EACH ROW EXECUTE FUNCTION refuse_frozen_version();
