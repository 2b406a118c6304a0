/** Where the embedded Sandbox is loaded from. The page loads nothing else from elsewhere. */
export const SANDBOX_HOST = 'https://sandbox.embed.apollographql.com';
