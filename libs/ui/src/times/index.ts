export { injectNow } from './now';
export { Stopwatch } from './stopwatch';
export { Time } from './time';
export type { TimeForm } from './time';
export { formatDuration, formatRelative, stopwatch } from './time-formats';
export { ClockPipe, DayAndClockPipe, DayPipe, DurationPipe, StopwatchPipe } from './time-pipes';
export { Times } from './times';
