// What the page says. English is written where it is said; Chinese is looked up by it.

import { CONCEPT_NAMES } from "./concept_names.js";

const CHINESE = {
  "Picture": "图片",
  "Original": "原图",
  "Reconstruction": "重建",
  "Undo": "撤销",
  "Redo": "重做",
  "Reset": "重置",
  "Reset sliders": "重置滑块",
  "Download": "下载",
  "Start from": "起点",
  "Photograph": "照片",
  "Open picture…": "打开图片…",
  "Take photograph…": "拍照…",
  "Or drop or paste one here.": "也可以拖入或粘贴图片。",
  "Pictures never leave this page.": "图片不会离开本页。",
  "A photograph is": "照片",
  "cropped to {width} × {height}": "裁剪为 {width} × {height}",
  "kept whole, up to 512 pixels": "保留全图，最大 512 像素",
  "Mean": "均值",
  "Random": "随机",
  "Sampler": "采样器",
  "Seed": "种子",
  "Truncation": "截断",
  "Gaussian": "高斯",
  "Mixture": "混合",
  "Prior": "先验",
  "Random map": "随机图",
  "Training pictures": "训练图片",
  "Training picture {number}": "训练图片 {number}",
  "Morph": "渐变",
  "Set A": "设为 A",
  "Set B": "设为 B",
  "Between A and B": "A 与 B 之间",
  "Play": "播放",
  "Stop": "停止",
  "Sliders": "滑块",
  "Which sliders": "显示哪些滑块",
  "Concepts": "概念",
  "Independent components": "独立成分",
  "Principal components": "主成分",
  "Independent": "独立成分",
  "Principal": "主成分",
  "Numbers": "数值",
  "Channels": "通道",
  "Independent {number}": "独立成分 {number}",
  "Principal {number}": "主成分 {number}",
  "Number {number}": "数 {number}",
  "Channel {number}": "通道 {number}",
  "Reset {name}": "重置 {name}",
  "Directions that stand for a labelled property each": "每个方向对应一个有标签的属性",
  "Directions that vary as independently of one another as can be, found without labels":
    "彼此尽可能独立变化的方向，无需标签即可找到",
  "Directions along which the training pictures vary most; one may mix several properties":
    "训练图片变化最大的方向；一个方向可能混合多个属性",
  "What the latent is made of, as the network counts it": "潜变量本身的数值，按网络自身的方式计数",
  "A linear probe tells it apart in {percent} % of held-out pictures": "线性探针在 {percent} % 的留出图片上能将其分辨",
  "A linear probe explains {percent} % of its variance in held-out pictures":
    "线性探针在留出图片上解释了其 {percent} % 的方差",
  "From end to end it changes the picture by {levels} levels of 255 on average":
    "从一端到另一端，图片平均改变 255 级中的 {levels} 级",
  "Components steer pictures of {width} × {height} only, where they were measured; channels steer any size.":
    "成分只适用于测量时的尺寸 {width} × {height}；通道适用于任何尺寸。",
  "From the mean latent": "来自均值",
  "From {detail}": "来自 {detail}",
  "From training picture {detail}": "来自训练图片 {detail}",
  "From a random latent ({detail})": "来自随机潜变量（{detail}）",
  "Between A and B ({detail} %)": "A 与 B 之间（{detail} %）",
  "Picture decoded from the latent, {origin}": "由潜变量解码的图片，{origin}",
  "Model card": "模型卡",
  "{width} × {height} pixels · latent {latent}": "{width} × {height} 像素 · 潜变量 {latent}",
  "any size · latent {latent}": "任意尺寸 · 潜变量 {latent}",
  "Loading the model ({size} MB)…": "正在加载模型（{size} MB）…",
  "Runs in this page on the GPU (WebGPU)": "在本页中用 GPU 运行（WebGPU）",
  "Runs in this page on {count} threads": "在本页中用 {count} 个线程运行",
  "Runs in this page on one thread": "在本页中用单线程运行",
  "{where}: a picture takes {time} ms": "{where}：每张图片 {time} 毫秒",
  "Encoding {name}…": "正在编码 {name}…",
  "Undone.": "已撤销。",
  "Redone.": "已重做。",
  "All sliders are reset.": "所有滑块已重置。",
  "The page was opened from a folder, where browsers let it read no files. Run “python -m http.server” in that folder and open http://localhost:8000, or make the page with --single-file.":
    "页面是从文件夹直接打开的，浏览器不允许它读取文件。请在该文件夹中运行 “python -m http.server” 并打开 http://localhost:8000，或用 --single-file 生成页面。",
  "{name} could not be loaded whole, so the model cannot run; check the connection and reload the page.":
    "无法完整加载 {name}，模型不能运行；请检查网络连接并重新加载页面。",
  "This browser cannot run the model ({reason}); a current Chrome, Edge, Firefox or Safari can.":
    "此浏览器无法运行该模型（{reason}）；请使用新版 Chrome、Edge、Firefox 或 Safari。",
  "The model failed on this input ({reason}); what was there before is kept.":
    "模型处理此输入时失败（{reason}）；保留之前的内容。",
  "{name} is not a picture that this browser can read; nothing was changed.":
    "{name} 不是此浏览器能读取的图片；未作任何更改。",
  "This browser's arithmetic gives other pictures than the exporter's: {levels} levels of 255 on average.":
    "此浏览器的计算结果与导出时的图片不同：平均相差 255 级中的 {levels} 级。",
  "Dark": "深色",
  "Light": "浅色",
};

let isChinese = false;

/** A sentence in the page's language, with {names} filled in. */
export function tr(text, values = {}) {
  const said = isChinese && Object.hasOwn(CHINESE, text) ? CHINESE[text] : text;
  return said.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** The name of a concept in the page's language, where it is one that is known. */
export function conceptName(name) {
  return isChinese && Object.hasOwn(CONCEPT_NAMES, name) ? CONCEPT_NAMES[name] : name;
}

/** Says all that is written in the page's source in the other language; `data-text` and `data-label` mark it. */
export function speak(chinese) {
  isChinese = chinese;
  document.documentElement.lang = chinese ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-text]")) {
    element.dataset.text ||= element.textContent.trim();
    element.textContent = tr(element.dataset.text);
  }
  for (const element of document.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", tr(element.dataset.label));
}
