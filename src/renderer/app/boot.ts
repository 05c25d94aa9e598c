import { setNonce } from 'get-nonce';

const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');

/** The nonce of this response: styles that libraries write at run time carry it, all others are refused. */
export const nonce = meta?.nonce || meta?.getAttribute('nonce') || '';

// The scroll lock under dialogs writes a style element of its own.
setNonce(nonce);
