/** Reports the URL of the contender to the benchmark. */
export const reportReady = (url) => process.stdout.write(`READY ${url.replace('localhost', '127.0.0.1')}\n`);
