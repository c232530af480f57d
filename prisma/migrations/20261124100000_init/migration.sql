-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "taxonomy_version_state" AS ENUM ('DRAFT', 'EMBEDDING', 'READY', 'FAILED');

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "operator_key_hash" BYTEA,
    "demo_seeded_at" TIMESTAMPTZ(3),

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "secret_hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "taxonomy" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "model_id" TEXT NOT NULL,
    "default_language" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "taxonomy_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "taxonomy_version" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "taxonomy_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "taxonomy_version_state" NOT NULL,
    "note" TEXT,
    "model_id" TEXT NOT NULL,
    "model_revision" TEXT NOT NULL,
    "default_language" TEXT NOT NULL,
    "prompt_languages" TEXT[],
    "label_count" INTEGER NOT NULL DEFAULT 0,
    "prompt_count" INTEGER NOT NULL DEFAULT 0,
    "cached_prompt_count" INTEGER NOT NULL DEFAULT 0,
    "embedded_prompt_count" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "taxonomy_version_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "label" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "names" JSONB NOT NULL,
    "synonyms" JSONB NOT NULL,
    "description" TEXT,
    "parent_key" TEXT,

    CONSTRAINT "label_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "prompt_template" (
    "tenant_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "prompt_template_pkey" PRIMARY KEY ("tenant_id","version_id","language","position")
);

-- CreateTable
CREATE TABLE "text_embedding" (
    "tenant_id" UUID NOT NULL,
    "model_revision" TEXT NOT NULL,
    "text_hash" BYTEA NOT NULL,
    "text" TEXT NOT NULL,
    "embedding" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "text_embedding_pkey" PRIMARY KEY ("tenant_id","model_revision","text_hash")
);

-- CreateTable
CREATE TABLE "taxonomy_matrix" (
    "tenant_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "dimension" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,
    "fallbacks" JSONB NOT NULL,

    CONSTRAINT "taxonomy_matrix_pkey" PRIMARY KEY ("tenant_id","version_id","language")
);

-- CreateTable
CREATE TABLE "classification" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "taxonomy_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "model_id" TEXT NOT NULL,
    "model_revision" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "prompt_language" TEXT NOT NULL,
    "image_sha256" BYTEA NOT NULL,
    "image_width" INTEGER NOT NULL,
    "image_height" INTEGER NOT NULL,
    "image_format" TEXT NOT NULL,
    "image_size_bytes" INTEGER NOT NULL,
    "reference" TEXT,
    "metadata" JSONB,
    "timing" JSONB NOT NULL,
    "request_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "classification_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "prediction" (
    "tenant_id" UUID NOT NULL,
    "classification_id" UUID NOT NULL,
    "rank" INTEGER NOT NULL,
    "label_id" UUID NOT NULL,
    "similarity" DOUBLE PRECISION NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "prompt_language" TEXT NOT NULL,

    CONSTRAINT "prediction_pkey" PRIMARY KEY ("tenant_id","classification_id","rank")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "tenant_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "response" JSONB,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("tenant_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "tenant_name_key" ON "tenant"("name");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_tenant_id_secret_hash_key" ON "api_key"("tenant_id", "secret_hash");

-- CreateIndex
CREATE UNIQUE INDEX "taxonomy_tenant_id_name_key" ON "taxonomy"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "taxonomy_version_tenant_id_taxonomy_id_number_key" ON "taxonomy_version"("tenant_id", "taxonomy_id", "number");

-- CreateIndex
CREATE INDEX "label_tenant_id_version_id_parent_key_position_idx" ON "label"("tenant_id", "version_id", "parent_key", "position");

-- CreateIndex
CREATE UNIQUE INDEX "label_tenant_id_version_id_key_key" ON "label"("tenant_id", "version_id", "key");

-- CreateIndex
CREATE INDEX "classification_tenant_id_taxonomy_id_id_idx" ON "classification"("tenant_id", "taxonomy_id", "id");

-- CreateIndex
CREATE INDEX "classification_tenant_id_version_id_idx" ON "classification"("tenant_id", "version_id");

-- CreateIndex
CREATE INDEX "classification_tenant_id_reference_idx" ON "classification"("tenant_id", "reference");

-- CreateIndex
CREATE INDEX "classification_tenant_id_created_at_idx" ON "classification"("tenant_id", "created_at");

-- CreateIndex
CREATE INDEX "prediction_tenant_id_label_id_score_idx" ON "prediction"("tenant_id", "label_id", "score");

-- CreateIndex
CREATE INDEX "idempotency_key_tenant_id_expires_at_idx" ON "idempotency_key"("tenant_id", "expires_at");

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "taxonomy" ADD CONSTRAINT "taxonomy_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "taxonomy_version" ADD CONSTRAINT "taxonomy_version_tenant_id_taxonomy_id_fkey" FOREIGN KEY ("tenant_id", "taxonomy_id") REFERENCES "taxonomy"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_tenant_id_version_id_fkey" FOREIGN KEY ("tenant_id", "version_id") REFERENCES "taxonomy_version"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_tenant_id_version_id_parent_key_fkey" FOREIGN KEY ("tenant_id", "version_id", "parent_key") REFERENCES "label"("tenant_id", "version_id", "key") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "prompt_template" ADD CONSTRAINT "prompt_template_tenant_id_version_id_fkey" FOREIGN KEY ("tenant_id", "version_id") REFERENCES "taxonomy_version"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "text_embedding" ADD CONSTRAINT "text_embedding_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "taxonomy_matrix" ADD CONSTRAINT "taxonomy_matrix_tenant_id_version_id_fkey" FOREIGN KEY ("tenant_id", "version_id") REFERENCES "taxonomy_version"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "classification" ADD CONSTRAINT "classification_tenant_id_version_id_fkey" FOREIGN KEY ("tenant_id", "version_id") REFERENCES "taxonomy_version"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "prediction" ADD CONSTRAINT "prediction_tenant_id_classification_id_fkey" FOREIGN KEY ("tenant_id", "classification_id") REFERENCES "classification"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "prediction" ADD CONSTRAINT "prediction_tenant_id_label_id_fkey" FOREIGN KEY ("tenant_id", "label_id") REFERENCES "label"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "idempotency_key" ADD CONSTRAINT "idempotency_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
