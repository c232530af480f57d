// What Node takes. Node 18 has WebCrypto and shows it to modules only.
globalThis.crypto ??= (await import('node:crypto' as string)).webcrypto as Crypto;

export * from './index.ts';
