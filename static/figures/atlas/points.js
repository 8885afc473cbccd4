// Tens of thousands of points, by WebGL where there is one, else on a canvas of two dimensions.
//
// WebGL's libraries write their programs as texts and have them evaluated, which the page's policy forbids (regl, and so
// Bokeh's and regl-scatterplot), or are made for much else; one program and one call are all that this needs.

const VERTEX = `#version 300 es
in vec2 position;
in vec4 colour;
uniform vec2 middle, scale;
uniform float size;
out vec4 shade;
void main() {
  gl_Position = vec4((position - middle) * scale, 0.0, colour.a > 0.0 ? 1.0 : 0.0);
  if (colour.a == 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = size;
  shade = colour;
}`;
const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 shade;
out vec4 result;
void main() {
  vec2 from = gl_PointCoord - 0.5;
  if (dot(from, from) > 0.25) discard;
  result = vec4(shade.rgb * shade.a, shade.a);
}`;

class Gl {
  /** restored(): draw again, for the browser had taken the context away, as from a tab in the background. */
  constructor(canvas, gl, restored) {
    Object.assign(this, { canvas, gl, count: 0, data: {} });
    this.start();
    canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());       // else it would be gone for good
    canvas.addEventListener("webglcontextrestored", () => {
      this.start();
      for (const [name, data] of Object.entries(this.data)) this.put(name, data);
      restored();
    });
  }

  /** Have the program and its buffers on the graphics card. */
  start() {
    const { gl } = this, program = gl.createProgram();
    for (const [kind, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program));
    gl.useProgram(program);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.at = Object.fromEntries(["middle", "scale", "size"].map((name) => [name, gl.getUniformLocation(program, name)]));
    this.buffers = Object.fromEntries([["position", 2, gl.FLOAT, false], ["colour", 4, gl.UNSIGNED_BYTE, true]].map(
      ([name, parts, type, normalised]) => {
        const buffer = gl.createBuffer(), place = gl.getAttribLocation(program, name);
        gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
        gl.enableVertexAttribArray(place);
        gl.vertexAttribPointer(place, parts, type, normalised, 0, 0);
        return [name, buffer];
      }));
  }

  put(name, data) {
    this.data[name] = data;
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.buffers[name]);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, data, this.gl.DYNAMIC_DRAW);
  }

  setPositions(xy) {
    this.count = xy.length / 2;
    this.put("position", xy);
  }

  setColours(rgba) {
    this.put("colour", rgba);
  }

  draw([x0, x1], [y0, y1], size) {
    const { gl, canvas, at } = this;
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(at.middle, (x0 + x1) / 2, (y0 + y1) / 2);
    gl.uniform2f(at.scale, 2 / (x1 - x0), 2 / (y1 - y0));
    gl.uniform1f(at.size, size);
    gl.drawArrays(gl.POINTS, 0, this.count);
  }
}

/** The same without WebGL: squares, which are drawn several times as fast as circles. */
class Plain {
  constructor(canvas) {
    Object.assign(this, { canvas, context: canvas.getContext("2d"), xy: new Float32Array(0) });
  }

  setPositions(xy) {
    this.xy = xy;
  }

  setColours(rgba) {
    this.rgba = rgba;
  }

  draw([x0, x1], [y0, y1], size) {
    const { canvas: { width, height }, context, xy, rgba } = this, across = width / (x1 - x0), up = height / (y1 - y0);
    context.clearRect(0, 0, width, height);
    let last = "";
    for (let i = 0; i < xy.length / 2; i++) {
      const x = (xy[2 * i] - x0) * across, y = (y1 - xy[2 * i + 1]) * up, at = 4 * i;
      if (!rgba[at + 3] || x < -size || y < -size || x > width + size || y > height + size) continue;
      const style = `rgb(${rgba[at]} ${rgba[at + 1]} ${rgba[at + 2]} / ${rgba[at + 3] / 255})`;
      if (style !== last) context.fillStyle = last = style;
      context.fillRect(x - size / 2, y - size / 2, size, size);
    }
  }
}

/**
 * What draws points on a canvas: setPositions(Float32Array of x, y, x, y ...), setColours(Uint8Array of their r, g, b, a; one
 * of alpha 0 is not there), draw([x0, x1], [y0, y1], size), the ranges on show and the points' size in pixels of the canvas.
 * restored(): called when they have to be drawn again.
 */
export function pointsOn(canvas, restored) {
  const gl = canvas.getContext("webgl2", { antialias: false });
  return gl ? new Gl(canvas, gl, restored) : new Plain(canvas);
}
