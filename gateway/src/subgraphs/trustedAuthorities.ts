import { rootCertificates } from 'node:tls';

/** Connection options that trust certificates (PEM) in addition to the authorities of Node.js; null adds none. */
export const trustedAuthorities = (ca: string | null): { ca?: string[] } =>
  ca === null ? {} : { ca: [...rootCertificates, ca] };
