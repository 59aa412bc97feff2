import type { EChartsCoreOption } from 'echarts/core';
import type { TokenColours } from './token-colours';

/** One column of the chart, its words ready. */
export interface ChartColumn {
  readonly label: string;
  readonly sessions: number;
  /** Hours. */
  readonly inSession: number;
}

export interface ChartWords {
  readonly sessions: string;
  readonly hours: string;
  readonly font: string;
  readonly number: (value: number) => string;
}

/**
 * Columns of sessions and a line of hours, each with its own axis. The tooltip is drawn on the canvas: one of HTML would
 * bring style attributes, which the content security policy refuses.
 */
export function activityChartOptions(
  columns: readonly ChartColumn[],
  words: ChartWords,
  colours: TokenColours,
): EChartsCoreOption {
  const text = { color: colours.text, fontFamily: words.font, fontSize: 12 };
  const valueAxis = (name: string, position: 'left' | 'right'): object => ({
    type: 'value',
    name,
    position,
    minInterval: position === 'left' ? 1 : undefined,
    // Minutes would all be rounded to nought.
    max: position === 'right' ? ({ max }: { max: number }) => (max < 1 ? 1 : null) : undefined,
    nameTextStyle: { ...text, align: position === 'left' ? 'left' : 'right' },
    axisLabel: { ...text, formatter: words.number },
    splitLine: { show: position === 'left', lineStyle: { color: colours.line } },
  });
  return {
    animation: false,
    textStyle: text,
    grid: { left: 8, right: 8, top: 56, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, textStyle: text, data: [words.sessions, words.hours] },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { ...text, color: colours.strong },
      valueFormatter: (value: unknown) => words.number(Number(value)),
    },
    xAxis: {
      type: 'category',
      data: columns.map(({ label }) => label),
      axisLabel: { ...text, hideOverlap: true },
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
    },
    yAxis: [valueAxis(words.sessions, 'left'), valueAxis(words.hours, 'right')],
    series: [
      {
        type: 'bar',
        name: words.sessions,
        data: columns.map(({ sessions }) => sessions),
        itemStyle: { color: colours.first, borderRadius: [3, 3, 0, 0] },
        barMaxWidth: 28,
      },
      {
        type: 'line',
        name: words.hours,
        yAxisIndex: 1,
        data: columns.map(({ inSession }) => inSession),
        itemStyle: { color: colours.second },
        lineStyle: { color: colours.second, width: 2 },
        symbolSize: 6,
      },
    ],
  };
}
