import {
  BufferAttribute,
  BufferGeometry,
  GLSL3,
  LineSegments,
  OrthographicCamera,
  Points,
  Scene,
  ShaderMaterial,
  Vector2,
  Vector3,
  type Texture,
} from "three";
import type { GraphTable } from "../../runtime/wire/graph-table.ts";
import type { MergedEdges } from "../../runtime/wire/merge-edges.ts";
import type { Theme } from "../theme.ts";
import { edgeGeometry } from "./edge-geometry.ts";
import { radiusGrowth, radiusRange, type NodeLooks } from "./node-looks.ts";
import { edgeFragmentShader, edgeVertexShader, pointFragmentShader, pointVertexShader } from "./shaders.ts";
import type { Viewport } from "./viewport.ts";

/** Edges of the node pointed at that are brought forward. */
export const maxHoverEdges = 4096;

/** What three draws: all edges, the edges of the node pointed at, all nodes. */
export class GraphScene {
  readonly scene = new Scene();
  readonly camera = new OrthographicCamera(-1, 1, 1, -1, 0, 2);
  readonly #shared: { positions: { value: Texture }; textureWidth: { value: number } };
  readonly #points: Points<BufferGeometry, ShaderMaterial>;
  readonly #edges: LineSegments<BufferGeometry, ShaderMaterial>;
  readonly #hoverEdges: LineSegments<BufferGeometry, ShaderMaterial>;
  readonly #nodeCount: number;

  constructor(
    graph: GraphTable,
    edges: MergedEdges,
    looks: NodeLooks,
    positions: Texture,
    textureWidth: number,
  ) {
    this.#nodeCount = graph.nodeCount;
    this.#shared = { positions: { value: positions }, textureWidth: { value: textureWidth } };
    const color = new BufferAttribute(looks.colors, 4, true);

    const nodes = new BufferGeometry();
    nodes.setAttribute("size", new BufferAttribute(looks.sizes, 1));
    nodes.setAttribute("color", color);
    nodes.setIndex(new BufferAttribute(looks.order, 1));
    const uniforms = { radii: { value: new Vector2() }, hovered: { value: -1 } };
    const colors = { rim: { value: new Vector3() }, ink: { value: new Vector3() } };
    this.#points = new Points(
      nodes,
      this.#material(pointVertexShader, pointFragmentShader, { ...uniforms, ...colors }),
    );

    const lines = edgeGeometry(graph, edges, color);
    const isOwn = graph.edgeColor !== undefined;
    this.#edges = new LineSegments(lines, this.#lineMaterial(isOwn));
    const hovered = new BufferGeometry();
    hovered.setAttribute("color", color);
    hovered.setIndex(new BufferAttribute(new Uint32Array(2 * maxHoverEdges), 1));
    this.#hoverEdges = new LineSegments(hovered, this.#lineMaterial(false));
    this.#hoverEdges.visible = false;

    [this.#edges, this.#hoverEdges, this.#points].forEach((part, order) => {
      part.frustumCulled = false;
      part.renderOrder = order;
      this.scene.add(part);
    });
    this.camera.position.z = 1;
  }

  setPositions(texture: Texture): void {
    this.#shared.positions.value = texture;
  }

  setTheme(theme: Theme): void {
    const { rim, ink } = this.#points.material.uniforms;
    (rim.value as Vector3).fromArray(theme.background);
    (ink.value as Vector3).fromArray(theme.text);
  }

  /** Puts the camera where the viewport is. */
  setView(view: Viewport, pixelRatio: number, edgeAlpha: number): void {
    const halfWidth = view.width / 2 / view.scale;
    const halfHeight = view.height / 2 / view.scale;
    this.camera.left = view.x - halfWidth;
    this.camera.right = view.x + halfWidth;
    this.camera.bottom = view.y - halfHeight;
    this.camera.top = view.y + halfHeight;
    this.camera.updateProjectionMatrix();
    const growth = radiusGrowth(view) * pixelRatio;
    const [small, large] = radiusRange(this.#nodeCount);
    (this.#points.material.uniforms.radii.value as Vector2).set(small * growth, large * growth);
    this.#edges.material.uniforms.alpha.value = edgeAlpha;
    this.#hoverEdges.material.uniforms.alpha.value = Math.max(0.7, edgeAlpha);
  }

  /** Brings a node and `ends`, the two nodes of each of its edges, forward; -1 for none. */
  setHovered(node: number, ends: Uint32Array): void {
    this.#points.material.uniforms.hovered.value = node;
    this.#hoverEdges.visible = ends.length > 0;
    const index = this.#hoverEdges.geometry.index!;
    index.set(ends);
    index.needsUpdate = true;
    this.#hoverEdges.geometry.setDrawRange(0, ends.length);
  }

  dispose(): void {
    for (const part of [this.#points, this.#edges, this.#hoverEdges]) {
      part.geometry.dispose();
      part.material.dispose();
    }
  }

  #lineMaterial(isOwn: boolean): ShaderMaterial {
    const material = this.#material(edgeVertexShader, edgeFragmentShader, { alpha: { value: 0.3 } });
    if (isOwn) material.defines.OWN_COLORS = "";
    return material;
  }

  #material(
    vertexShader: string,
    fragmentShader: string,
    uniforms: ShaderMaterial["uniforms"],
  ): ShaderMaterial {
    return new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      uniforms: { ...this.#shared, ...uniforms },
      transparent: true,
      depthTest: false,
      depthWrite: false,
    });
  }
}
