import { expect, it } from 'vitest';
import { STATUS, statusOf, verdictOf } from './verdict.mjs';

it('accepts an interval that ends at the limit', () => {
  expect(verdictOf([0.97, 1.05], 1.05)).toBe('ok');
});

it('accepts a build that is certainly slower by less than the limit', () => {
  expect(verdictOf([1.01, 1.04], 1.05)).toBe('ok');
});

it('calls a build slower if the interval lies above 1 and ends above the limit', () => {
  expect(verdictOf([1.03, 1.08], 1.05)).toBe('slower');
});

it('calls a wide interval around 1 unclear', () => {
  expect(verdictOf([0.95, 1.08], 1.05)).toBe('unclear');
});

it('fails if any interval ends above its limit, whether slower or unclear', () => {
  expect(statusOf(['ok', 'slower'])).toBe(STATUS.slower);
  expect(statusOf(['ok', 'unclear', 'failed'])).toBe(STATUS.slower);
});

it('does not pass a page that could not be compared', () => {
  expect(statusOf(['ok', 'failed'])).toBe(STATUS.notCompared);
});

it('passes if every page is within its limit', () => {
  expect(statusOf(['ok', 'ok'])).toBe(STATUS.ok);
});
