// BokehJS with less to do at each drawing: what it works out anew each time, or draws with, that these figures do not need.

import { VisualProperties } from "@bokehjs/core/visuals/visual";
import { PlotView } from "@bokehjs/models/plots/plot_canvas";
import { GlyphRendererView } from "@bokehjs/models/renderers/glyph_renderer";

// An element's computed style at each use of a colour, a width or a font, for variables --bk-* that the page does not set.
VisualProperties.prototype._get_css_value = () => "";

// The same at each label of an axis, for a font size that Bokeh's own style sheet sets.
const { get: baseFontSize } = Object.getOwnPropertyDescriptor(PlotView.prototype, "base_font_size");
Object.defineProperty(PlotView.prototype, "base_font_size", {
  get() { return this.baseFontSizeOnce ??= baseFontSize.call(this); },
});

/** In the place of a copy of a glyph: the glyph itself, which is prepared once. */
class Same {
  constructor(view) {
    Object.assign(this, { view, model: view.model });
  }

  paint(...what) { this.view.paint(...what); }

  children() { return []; }
}
for (const name of ["set_base", "set_data", "set_visuals", "after_visuals", "after_lazy_visuals", "map_data", "remove"]) {
  Same.prototype[name] = () => {};
}

// Four copies of each glyph, for what is selected, not selected, muted and decimated, where the model names none for that.
const { build_glyph_view: build } = GlyphRendererView.prototype;
GlyphRendererView.prototype.build_glyph_view = async function (glyph) {
  const { model } = this, named = [model.glyph, model.selection_glyph, model.nonselection_glyph, model.hover_glyph, model.muted_glyph];
  return named.includes(glyph) ? build.call(this, glyph) : new Same(this.glyph);
};

// All axes and the grid at each move of a mark, but for the marks on the canvas above theirs, which Bokeh does not clip.
Object.defineProperty(GlyphRendererView.prototype, "needs_clip", { value: true });
