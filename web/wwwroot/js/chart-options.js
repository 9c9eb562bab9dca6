// From rows of numbers to ECharts options, one builder per kind of chart. Colours come from the page's tokens.
import { axisTime, axisValue, time, value } from './chart-format.js';

export function palette() {
  const style = getComputedStyle(document.documentElement);
  const token = name => style.getPropertyValue(`--${name}`).trim();
  return {
    text: token('t-1'), label: token('t-3'), line: token('line'), line2: token('line-2'),
    surface: token('surface'), raised: token('surface-2'),
    series: ['c-rest', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'err'].map(token),
    marks: { error: token('err'), model: token('accent'), prompt: token('c4'), release: token('ok') },
    heat: ['h0', 'h1', 'h2', 'h3', 'h4'].map(token),
  };
}

const font = 'Inter, system-ui, sans-serif';

// Rows against names: counts by bound, or numbers by value of a dimension.
const isHeat = chart => chart.kind === 'heat' || chart.kind === 'cells';

function frame(chart, colors) {
  return {
    animation: false,
    textStyle: { fontFamily: font, fontSize: 11, color: colors.label },
    grid: { left: chart.kind === 'cells' ? 120 : 50, right: 10, top: isHeat(chart) ? 10 : 32, bottom: 24 },
    tooltip: {
      trigger: isHeat(chart) ? 'item' : 'axis',
      confine: true,
      transitionDuration: 0,
      backgroundColor: colors.raised,
      borderColor: colors.line2,
      borderWidth: 1,
      padding: [6, 9],
      textStyle: { fontFamily: font, fontSize: 11.5, color: colors.text },
      extraCssText: 'box-shadow:none;border-radius:7px',
      axisPointer: { type: 'line', lineStyle: { color: colors.label, width: 1, type: 'solid' } },
    },
  };
}

function timeAxis(chart, colors) {
  return {
    type: 'time',
    min: chart.now - chart.windowMs,
    max: chart.now,
    splitNumber: 6,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: {
      color: colors.label, fontSize: 11, hideOverlap: true,
      formatter: at => axisTime(at, chart.stepMs, chart.windowMs),
    },
    axisPointer: { label: { show: false } },
  };
}

function valueAxis(chart, colors) {
  return {
    type: 'value',
    // Scores may be below zero; everything else is counted from there.
    min: chart.kind === 'spread' ? ({ min }) => Math.min(0, min) : 0,
    splitNumber: 5,
    axisLabel: { color: colors.label, fontSize: 11, formatter: amount => axisValue(amount, chart.unit) },
    splitLine: { lineStyle: { color: colors.line } },
  };
}

function legend(chart, colors) {
  return {
    data: chart.series.map(name => ({ name })),
    left: 2, top: 2, icon: 'roundRect', itemWidth: 11, itemHeight: 3, itemGap: 12,
    type: 'scroll', pageIconSize: 9, pageTextStyle: { color: colors.label },
    selectedMode: false,
    textStyle: { color: colors.label, fontFamily: font, fontSize: 11.5 },
    inactiveColor: colors.label,
  };
}

// Names come from the traced applications, so the tooltip is made of nodes and never of markup.
function tip(chart, colors, at, row) {
  const box = document.createElement('div');
  const head = document.createElement('div');
  head.textContent = time(at, chart.stepMs, chart.windowMs) + (chart.isOpen(row) ? ' · not complete' : '');
  head.style.cssText = 'margin-bottom:3px;opacity:.75';
  box.append(head);
  const order = chart.series.map((_, i) => i);
  for (const i of chart.kind === 'lines' ? order : order.reverse()) {
    const line = document.createElement('div');
    line.style.cssText = 'display:flex;gap:7px;align-items:center;font-variant-numeric:tabular-nums';
    const mark = document.createElement('i');
    mark.style.cssText = `width:8px;height:3px;border-radius:2px;background:${colors.series[chart.colors[i]]}`;
    const name = document.createElement('span');
    name.textContent = chart.series[i];
    const amount = document.createElement('b');
    amount.style.cssText = 'margin-left:auto;padding-left:14px;font-weight:600';
    amount.textContent = value(row[i + 1], chart.unit);
    line.append(mark, name, amount);
    box.append(line);
  }
  for (const mark of chart.marks.filter(mark => mark.at >= at && mark.at < at + chart.stepMs)) {
    const line = document.createElement('div');
    line.textContent = mark.text;
    line.style.cssText = `margin-top:3px;max-width:320px;white-space:normal;color:${colors.marks[mark.kind] ?? colors.label}`;
    box.append(line);
  }
  return box;
}

const thin = { type: 'line', symbol: 'none', showSymbol: true, smooth: false, connectNulls: false, silent: true };

// A value between two gaps has no line to show it, so it gets a dot.
function dotted(data) {
  return data.map((item, i) => {
    const alone = item[1] !== null && (data[i - 1]?.[1] ?? null) === null && (data[i + 1]?.[1] ?? null) === null;
    return alone ? { value: item, symbol: 'circle', symbolSize: 4 } : item;
  });
}

// The last bucket is still filling: it is drawn dashed, and the filled shapes stop before it.
function tail(chart, colors, i, heightOf) {
  const open = chart.openRow();
  const rows = chart.rows;
  const before = open ? rows[rows.length - 2] : null;
  const data = open && before ? [[before[0], heightOf(before, i)], [open[0], heightOf(open, i)]] : [];
  return {
    ...thin, data, tooltip: { show: false }, z: 4,
    lineStyle: { width: 1.5, type: [3, 3], color: colors.series[chart.colors[i]] },
  };
}

// Under little traffic most seconds have no call. A faint dotted line leads the eye over them, and stays clearly no measurement.
function bridge(chart, colors, i) {
  return {
    ...thin,
    connectNulls: true, tooltip: { show: false }, z: 1,
    data: closedRows(chart).filter(row => row[i + 1] !== null).map(row => [row[0], row[i + 1]]),
    lineStyle: { width: 1, type: [1, 3], opacity: 0.55, color: colors.series[chart.colors[i]] },
  };
}

function closedRows(chart) {
  return chart.openRow() ? chart.rows.slice(0, -1) : chart.rows;
}

function area(chart, colors, opacity, strong) {
  const rows = closedRows(chart);
  const below = (row, i) => {
    let sum = 0;
    for (let n = 1; n <= i + 1; n++) sum += row[n] ?? 0;
    return sum;
  };
  const banded = chart.kind !== 'stack';
  const height = banded ? (row, i) => row[i + 1] : below;
  const step = (row, i) => {
    if (!banded) return row[i + 1] ?? 0;
    // Bands are stacked differences; without a lower neighbour there is no band.
    const here = row[i + 1];
    const under = i === 0 ? 0 : row[i];
    return here === null || under === null ? null : Math.max(0, here - under);
  };
  const main = chart.series.map((name, i) => ({
    ...thin,
    name, stack: 'all', stackStrategy: 'all', color: colors.series[chart.colors[i]],
    data: dotted(rows.map(row => [row[0], step(row, i)])),
    lineStyle: { width: strong(i) ? 2 : 1.25, color: colors.series[chart.colors[i]] },
    areaStyle: { color: colors.series[chart.colors[i]], opacity: opacity(i), origin: 'start' },
  }));
  const bridges = banded ? chart.series.map((_, i) => bridge(chart, colors, i)) : [];
  return [...main, ...chart.series.map((_, i) => tail(chart, colors, i, height)), ...bridges];
}

function lines(chart, colors) {
  const rows = closedRows(chart);
  const main = chart.series.map((name, i) => ({
    ...thin,
    name, color: colors.series[chart.colors[i]],
    data: dotted(rows.map(row => [row[0], row[i + 1]])),
    lineStyle: { width: 1.5, color: colors.series[chart.colors[i]] },
  }));
  return [...main, ...chart.series.map((_, i) => tail(chart, colors, i, (row, n) => row[n + 1]))];
}

// What changed is a line through the whole chart; its series has no values of its own.
function marks(chart, colors) {
  return {
    ...thin,
    name: 'marks', data: [], tooltip: { show: false }, z: 5,
    markLine: {
      silent: true, animation: false, symbol: ['none', 'circle'], symbolSize: 5, label: { show: false },
      data: chart.marks.filter(mark => mark.at >= chart.now - chart.windowMs && mark.at <= chart.now).map(mark => ({
        xAxis: mark.at,
        lineStyle: { color: colors.marks[mark.kind] ?? colors.label, width: 1, type: [4, 3], opacity: 0.8 },
        itemStyle: { color: colors.marks[mark.kind] ?? colors.label },
      })),
    },
  };
}

// A bar begins where its step does; the last one, which is still filling, is paler.
function bars(chart, colors) {
  const half = chart.stepMs / 2;
  return chart.series.map((name, i) => ({
    type: 'bar', name, stack: 'all', barMaxWidth: 22, color: colors.series[chart.colors[i]],
    data: chart.rows.map(row => ({
      value: [row[0] + half, row[i + 1]],
      itemStyle: chart.isOpen(row) ? { opacity: 0.45, borderColor: colors.series[chart.colors[i]], borderType: 'dashed', borderWidth: 1 } : undefined,
    })),
  }));
}

function overTime(chart, colors, series) {
  return {
    ...frame(chart, colors),
    legend: legend(chart, colors),
    xAxis: timeAxis(chart, colors),
    yAxis: valueAxis(chart, colors),
    tooltip: {
      ...frame(chart, colors).tooltip,
      formatter: points => {
        const at = points[0]?.axisValue;
        const row = chart.rowAt(chart.kind === 'bars' ? at - chart.stepMs / 2 : at);
        return row ? tip(chart, colors, row[0], row) : '';
      },
    },
    series: [...series, marks(chart, colors)],
  };
}

function heat(chart, colors) {
  const cells = [];
  let most = 0;
  chart.rows.forEach((row, x) => {
    for (let y = 0; y < chart.series.length; y++) {
      const count = row[y + 1];
      if (count > 0) {
        most = Math.max(most, count);
        cells.push([x, y, Math.log1p(count), count]);
      }
    }
  });
  if (chart.kind === 'cells') {
    // Fractions of dollars and minutes of waiting have no bottom to count logarithms from.
    cells.forEach(cell => { cell[2] = Math.sqrt(cell[3] / most); });
  }
  return {
    ...frame(chart, colors),
    xAxis: {
      type: 'category',
      data: chart.rows.map(row => row[0]),
      axisLine: { show: false }, axisTick: { show: false },
      axisLabel: {
        color: colors.label, fontSize: 11, hideOverlap: true,
        formatter: at => axisTime(Number(at), chart.stepMs, chart.windowMs),
      },
    },
    yAxis: {
      type: 'category',
      data: chart.series,
      axisLine: { show: false }, axisTick: { show: false },
      axisLabel: chart.kind === 'cells'
        ? { color: colors.label, fontSize: 11, width: 108, overflow: 'truncate' }
        : { color: colors.label, fontSize: 11, interval: Math.ceil(chart.series.length / 8) - 1 },
    },
    // The eye compares hours with a handful of calls to hours with thousands: the ramp is logarithmic.
    visualMap: { show: false, min: 0, max: chart.kind === 'cells' ? 1 : Math.log1p(Math.max(most, 4)), dimension: 2, inRange: { color: colors.heat } },
    tooltip: {
      ...frame(chart, colors).tooltip,
      formatter: point => {
        const [x, y, , count] = point.value;
        const box = document.createElement('div');
        const at = time(chart.rows[x][0], chart.stepMs, chart.windowMs);
        box.textContent = chart.kind === 'cells'
          ? `${at} · ${chart.series[y]} · ${value(count, chart.unit)}`
          : `${at} · up to ${chart.series[y]} · ${count.toLocaleString('en')}`;
        return box;
      },
    },
    series: [{
      type: 'heatmap',
      data: cells,
      itemStyle: { borderWidth: 1, borderColor: colors.surface, borderRadius: 1 },
      emphasis: { itemStyle: { borderColor: colors.text } },
    }],
  };
}

export function build(chart, colors) {
  switch (chart.kind) {
    case 'heat':
    case 'cells': return heat(chart, colors);
    case 'bars': return overTime(chart, colors, bars(chart, colors));
    case 'stack': return overTime(chart, colors, area(chart, colors, () => 0.38, () => false));
    case 'bands': return overTime(chart, colors, area(chart, colors, i => (i === 0 ? 0 : 0.13), i => i === 0));
    case 'spread': return overTime(chart, colors, area(chart, colors, i => (i === 0 ? 0 : 0.13), i => i === 1));
    default: return overTime(chart, colors, lines(chart, colors));
  }
}
