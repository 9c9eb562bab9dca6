// One chart behind the LiveChart component. The server sends the options once and then only what changed;
// the rows live here, and the canvas is painted at most once per animation frame and never while hidden.
import { connect, init } from '../lib/echarts/echarts.min.js';
import { build, palette } from './chart-options.js';

const dragThreshold = 6;
const markReach = 5;

class LiveChart {
  rows = [];
  series = [];
  colors = [];
  marks = [];
  now = 0;
  open = false;
  #frame = 0;
  #dirty = false;
  #stops = [];

  constructor(el, options, net) {
    Object.assign(this, options);
    this.el = el;
    this.net = net;
    this.palette = palette();
    this.view = init(el, null, { renderer: 'canvas' });
    if (this.group) {
      this.view.group = this.group;
      connect(this.group);
    }

    const resize = new ResizeObserver(() => this.view.resize());
    resize.observe(el);
    this.#stops.push(() => resize.disconnect());
    this.#on(document, 'actors-theme', () => {
      this.palette = palette();
      this.#schedule();
    });
    this.#on(document, 'visibilitychange', () => this.#dirty && this.#schedule());
    this.#pointer();
  }

  // Takes the newest rows: a row of a known time replaces it, the others extend the ring.
  push(frame) {
    if (frame.reset) {
      this.rows = [];
      this.series = frame.series;
      this.colors = frame.colors;
    }
    this.now = frame.now;
    this.open = frame.open;
    for (const row of frame.rows) {
      this.#upsert(row);
    }
    const oldest = this.now - this.windowMs - this.stepMs;
    let cut = this.rows.findIndex(row => row[0] >= oldest);
    cut = cut < 0 ? this.rows.length : cut;
    this.rows.splice(0, Math.max(cut, this.rows.length - this.capacity));
    this.#expose();
    this.#schedule();
  }

  // Moments worth a line, each with the key by which a click is told.
  mark(marks) {
    this.marks = marks;
    this.el.dataset.marks = marks.length;
    this.#schedule();
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
    this.#stops.forEach(stop => stop());
    this.view.dispose();
  }

  openRow() {
    return this.open && this.rows.length > 0 ? this.rows[this.rows.length - 1] : null;
  }

  isOpen(row) {
    return row === this.openRow();
  }

  rowAt(at) {
    let best = null;
    for (const row of this.rows) {
      if (best === null || Math.abs(row[0] - at) < Math.abs(best[0] - at)) {
        best = row;
      }
    }
    return best;
  }

  #upsert(row) {
    let i = this.rows.length;
    while (i > 0 && this.rows[i - 1][0] > row[0]) {
      i--;
    }
    if (i > 0 && this.rows[i - 1][0] === row[0]) {
      this.rows[i - 1] = row;
    } else {
      this.rows.splice(i, 0, row);
    }
  }

  // Canvas cannot be read by tests or tools; the newest numbers can.
  #expose() {
    const last = this.rows[this.rows.length - 1];
    this.el.dataset.points = this.rows.length;
    this.el.dataset.now = this.now;
    if (last) {
      const values = last.slice(1);
      const one = ['stack', 'bars', 'heat', 'cells'].includes(this.kind) ? values.reduce((sum, n) => sum + (n ?? 0), 0) : values[0];
      this.el.dataset.last = one ?? '';
      this.el.dataset.lastAt = last[0];
    }
  }

  #schedule() {
    this.#dirty = true;
    if (this.#frame === 0 && !document.hidden) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#dirty = false;
        this.#paint();
      });
    }
  }

  #paint() {
    const shape = this.series.join('\u0001');
    this.view.setOption(build(this, this.palette), {
      // Series that are gone must not stay; otherwise merging is cheaper.
      notMerge: shape !== this.shape,
      lazyUpdate: false,
      silent: true,
    });
    this.shape = shape;
  }

  #on(target, name, run) {
    target.addEventListener(name, run);
    this.#stops.push(() => target.removeEventListener(name, run));
  }

  // A click opens what is behind the point, a drag chooses a range of time.
  #pointer() {
    const zr = this.view.getZr();
    const area = document.createElement('div');
    area.style.cssText = 'position:absolute;top:8px;bottom:24px;display:none;pointer-events:none;background:var(--accent);opacity:.2';
    this.el.append(area);
    let start = null;

    zr.on('mousedown', e => {
      start = this.kind !== 'cells' && this.canZoom && this.view.containPixel('grid', [e.offsetX, e.offsetY]) ? e.offsetX : null;
    });
    zr.on('mousemove', e => {
      if (start === null) return;
      area.style.display = Math.abs(e.offsetX - start) > dragThreshold ? 'block' : 'none';
      area.style.left = `${Math.min(start, e.offsetX)}px`;
      area.style.width = `${Math.abs(e.offsetX - start)}px`;
    });
    zr.on('mouseup', e => {
      area.style.display = 'none';
      const from = start;
      start = null;
      if (from !== null && Math.abs(e.offsetX - from) > dragThreshold) {
        const ends = [from, e.offsetX].map(x => this.#timeAt(x)).sort((a, b) => a - b);
        this.#tell('OnZoom', Math.round(ends[0]), Math.round(ends[1]));
      } else if (this.canPick) {
        this.#pick(e.offsetX, e.offsetY);
      }
    });
    zr.on('globalout', () => {
      start = null;
      area.style.display = 'none';
    });
    if (this.canPick) {
      this.el.style.cursor = 'pointer';
    }
  }

  #timeAt(x) {
    const at = this.view.convertFromPixel({ xAxisIndex: 0 }, x);
    // The columns of a heat map are counted, not timed.
    return this.kind === 'heat' ? this.rows[0][0] + at * this.stepMs : at;
  }

  #markAt(x) {
    return this.marks.find(mark => Math.abs(this.view.convertToPixel({ xAxisIndex: 0 }, mark.at) - x) <= markReach);
  }

  #pick(x, y) {
    if (this.rows.length === 0 || !this.view.containPixel('grid', [x, y])) {
      return;
    }
    const [cx, cy] = this.view.convertFromPixel({ seriesIndex: 0 }, [x, y]);
    if (this.kind === 'heat' || this.kind === 'cells') {
      const row = this.rows[Math.round(cx)];
      const i = Math.round(cy);
      if (row && row[i + 1] > 0) {
        this.#tell('OnPick', row[0], i, null, null);
      }
      return;
    }
    const mark = this.#markAt(x);
    if (mark) {
      this.#tell('OnMark', mark.key);
      return;
    }
    const row = this.rowAt(this.kind === 'bars' ? cx - this.stepMs / 2 : cx);
    const i = this.kind === 'bands' ? this.#bandAt(row, cy) : this.#seriesAt(row, cy);
    const banded = this.kind === 'bands';
    this.#tell('OnPick', row[0], i, banded && i > 0 ? row[i] : null, banded && i < this.series.length ? row[i + 1] : null);
  }

  // The band whose upper line is the first one above the click; above all lines is a band too.
  #bandAt(row, y) {
    let i = 0;
    while (i < this.series.length && y > (row[i + 1] ?? Infinity)) {
      i++;
    }
    return i;
  }

  #seriesAt(row, y) {
    let best = 0;
    let distance = Infinity;
    let sum = 0;
    for (let i = 0; i < this.series.length; i++) {
      const amount = row[i + 1] ?? 0;
      sum += amount;
      if (this.kind === 'stack' || this.kind === 'bars') {
        if (y <= sum) return i;
        best = i;
      } else if (Math.abs(amount - y) < distance) {
        distance = Math.abs(amount - y);
        best = i;
      }
    }
    return best;
  }

  #tell(method, ...args) {
    this.net.invokeMethodAsync(method, ...args).catch(() => {});
  }
}

// The page may have been left while the call was on its way.
export const create = (el, options, net) => el && new LiveChart(el, options, net);
