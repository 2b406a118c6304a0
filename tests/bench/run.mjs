// `npm run bench`: compares the contenders or, with --against, this build with the build of another commit.
if (process.argv.some((argument) => /^--against(=|$)/.test(argument))) await import('./against/run.mjs');
else await import('./contenders.mjs');
