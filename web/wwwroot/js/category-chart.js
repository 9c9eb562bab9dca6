// Bars, slices and bins: one number for each of some names. The server sends the whole, which is small.
import { init } from '../lib/echarts/echarts.min.js';
import { palette } from './chart-options.js';
import { value } from './chart-format.js';

const font = 'Inter, system-ui, sans-serif';

// Names come from the traced applications, so the tooltip is made of nodes and never of markup.
function tip(data, i) {
  const box = document.createElement('div');
  const name = document.createElement('div');
  name.textContent = data.names[i];
  name.style.cssText = 'opacity:.75;max-width:320px;white-space:normal;overflow-wrap:anywhere';
  const amount = document.createElement('b');
  amount.textContent = value(data.values[i], data.unit);
  box.append(name, amount);
  return box;
}

function frame(data, colors) {
  return {
    animation: false,
    textStyle: { fontFamily: font, fontSize: 11, color: colors.label },
    tooltip: {
      trigger: 'item', confine: true, transitionDuration: 0,
      backgroundColor: colors.raised, borderColor: colors.line2, borderWidth: 1, padding: [6, 9],
      textStyle: { fontFamily: font, fontSize: 11.5, color: colors.text },
      extraCssText: 'box-shadow:none;border-radius:7px',
      formatter: point => tip(data, point.dataIndex),
    },
  };
}

const names = (data, colors, more) => ({
  type: 'category', data: data.names,
  axisLine: { show: false }, axisTick: { show: false },
  axisLabel: { color: colors.label, fontSize: 11, overflow: 'truncate', ...more },
});

const amounts = (data, colors) => ({
  type: 'value', min: data.values.some(v => v < 0) ? null : 0, splitNumber: 4,
  axisLabel: { color: colors.label, fontSize: 11, hideOverlap: true, formatter: amount => value(amount, data.unit) },
  splitLine: { lineStyle: { color: colors.line } },
});

const bars = (data, colors, position) => [{
  type: 'bar',
  data: data.values.map((v, i) => ({ value: v, itemStyle: { color: colors.series[data.colors[i]] } })),
  barMaxWidth: 26,
  barCategoryGap: data.kind === 'histogram' ? '8%' : '32%',
  itemStyle: { borderRadius: data.kind === 'hbar' ? [0, 3, 3, 0] : [3, 3, 0, 0] },
  label: { show: data.hasLabels, position, color: colors.text, fontSize: 11, formatter: point => value(point.value, data.unit) },
}];

function build(data, colors, width) {
  switch (data.kind) {
    case 'hbar':
      return {
        ...frame(data, colors),
        grid: { left: 8, right: data.hasLabels ? 58 : 14, top: 6, bottom: 4, containLabel: true },
        yAxis: { ...names(data, colors, { width: Math.max(60, Math.min(190, width * 0.34)) }), inverse: true },
        xAxis: amounts(data, colors),
        series: bars(data, colors, 'right'),
      };
    case 'pie':
      return {
        ...frame(data, colors),
        series: [{
          type: 'pie', radius: ['46%', '74%'], center: ['50%', '52%'],
          data: data.values.map((v, i) => ({ value: v, name: data.names[i], itemStyle: { color: colors.series[data.colors[i]] } })),
          itemStyle: { borderColor: colors.surface, borderWidth: 2 },
          label: { color: colors.text, fontSize: 11, width: Math.max(56, width * 0.24), overflow: 'truncate', formatter: point => `${point.name}\n${point.percent} %` },
          labelLine: { length: 8, length2: 8, lineStyle: { color: colors.line2 } },
          emphasis: { scale: false },
        }],
      };
    default:
      return {
        ...frame(data, colors),
        grid: { left: 8, right: 10, top: data.hasLabels ? 22 : 10, bottom: 4, containLabel: true },
        xAxis: names(data, colors, { hideOverlap: true, width: Math.max(40, width / Math.max(1, data.names.length) - 8) }),
        yAxis: amounts(data, colors),
        series: bars(data, colors, 'top'),
      };
  }
}

class CategoryChart {
  #stops = [];

  constructor(el, net, canPick) {
    this.el = el;
    this.view = init(el, null, { renderer: 'canvas' });
    const resize = new ResizeObserver(() => {
      this.view.resize();
      this.#paint();
    });
    resize.observe(el);
    const theme = () => this.#paint();
    document.addEventListener('actors-theme', theme);
    this.#stops.push(() => resize.disconnect(), () => document.removeEventListener('actors-theme', theme));
    if (canPick) {
      el.style.cursor = 'pointer';
      this.view.on('click', point => net.invokeMethodAsync('OnPick', point.dataIndex).catch(() => {}));
    }
  }

  show(data) {
    this.data = data;
    // Canvas cannot be read by tests or tools; the numbers can.
    this.el.dataset.points = data.values.length;
    this.el.dataset.last = data.values[0] ?? '';
    this.#paint();
  }

  dispose() {
    this.#stops.forEach(stop => stop());
    this.view.dispose();
  }

  #paint() {
    if (this.data) {
      this.view.setOption(build(this.data, palette(), this.el.clientWidth), { notMerge: true, silent: true });
    }
  }
}

// The page may have been left while the call was on its way.
export const create = (el, net, canPick) => el && new CategoryChart(el, net, canPick);
