-- AlterTable
ALTER TABLE "installation" ADD COLUMN     "access_token_secret" BYTEA;
