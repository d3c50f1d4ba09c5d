<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>convae</name>
    <message>
        <source> ({low} to {high})</source>
        <translation>（{low} 到 {high}）</translation>
    </message>
    <message>
        <source> A JPEG of the same quality needs {bytes} bytes.</source>
        <translation> 同样质量的 JPEG 需要 {bytes} 字节。</translation>
    </message>
    <message>
        <source> JPEG at this size: {psnr} dB.</source>
        <translation> 同样大小的 JPEG：{psnr} dB。</translation>
    </message>
    <message>
        <source> JPEG is better at this size: {psnr} dB.</source>
        <translation> 同样大小时 JPEG 更好：{psnr} dB。</translation>
    </message>
    <message>
        <source> No JPEG is that small: the smallest has {bytes} bytes.</source>
        <translation> 没有这么小的 JPEG：最小的也有 {bytes} 字节。</translation>
    </message>
    <message>
        <source> · each picture was compared with its {count} nearest only; some may be missing</source>
        <translation> · 每张图片只与其最近的 {count} 张比较；可能有遗漏</translation>
    </message>
    <message numerus="yes">
        <source> · extrapolated from {n:,} good pictures</source>
        <translation>
            <numerusform> · 由 {n:,} 张正常图片外推</numerusform>
        </translation>
    </message>
    <message>
        <source> · of pixels {value}</source>
        <translation> · 按像素 {value}</translation>
    </message>
    <message>
        <source> · too many pairs beyond it; those up to {wanted} are not shown</source>
        <translation> · 超过此值的图片对太多；直到 {wanted} 的其余部分未显示</translation>
    </message>
    <message>
        <source>--max-restarts needs --out, by which a training that is started again finds its run.</source>
        <translation>--max-restarts 需要 --out，重新启动的训练靠它找到自己的运行。</translation>
    </message>
    <message>
        <source>--out {folder}: the name is not UTF-8, and weights cannot be read from there.</source>
        <translation>--out {folder}：名称不是 UTF-8，无法从那里读取权重。</translation>
    </message>
    <message>
        <source>--ray needs Ray, which is not installed; {extra} brings it.</source>
        <translation>--ray 需要 Ray，但尚未安装；运行 {extra} 即可安装。</translation>
    </message>
    <message>
        <source>--size {size}, width x height: nearly all files have that aspect</source>
        <translation>--size {size}（宽 x 高）：几乎所有文件都是这个宽高比</translation>
    </message>
    <message>
        <source>--size {size}: nearly all files are no larger</source>
        <translation>--size {size}：几乎所有文件都不大于它</translation>
    </message>
    <message>
        <source>--start-from {run} may begin higher: 3 dB for photographs that were tried</source>
        <translation>--start-from {run} 的起点可能更高：试过的照片高 3 dB</translation>
    </message>
    <message>
        <source>--time-limit {limit} is over</source>
        <translation>--time-limit {limit} 已到</translation>
    </message>
    <message>
        <source>1 - SSIM of the reconstruction</source>
        <translation>重建图片的 1 - SSIM</translation>
    </message>
    <message>
        <source>1 epoch</source>
        <translation>1 轮</translation>
    </message>
    <message>
        <source>1 held-out picture</source>
        <translation>1 张留出图片</translation>
    </message>
    <message>
        <source>1 held-out tile</source>
        <translation>1 个留出图块</translation>
    </message>
    <message>
        <source>1 in {count}</source>
        <translation>1/{count}</translation>
    </message>
    <message>
        <source>30 % painted over</source>
        <translation>涂掉 30 %</translation>
    </message>
    <message>
        <source>A ReLU gives 0 for every negative value, and lets no gradient through there. If one large step makes a unit negative for all pictures, it never learns again: it is dead, and its place in the network is wasted.</source>
        <translation>ReLU 对所有负值都输出 0，也不让梯度通过。如果一次过大的更新使某个单元对所有图片都为负，它就再也学不到东西：它死了，在网络里白占位置。</translation>
    </message>
    <message>
        <source>A batch is running. Stop it and close? It can continue from there later.</source>
        <translation>批处理正在运行。停止并关闭？以后会从停下处继续。</translation>
    </message>
    <message>
        <source>A concept slider in Explore, from these pictures</source>
        <translation>由这些图片在“探索”中生成一个概念滑块</translation>
    </message>
    <message>
        <source>A convolution of 3×3 sees one neighbour on each side. Layer upon layer, a latent cell comes to depend on a larger square of the picture: its receptive field. What lies outside cannot change the cell at all.</source>
        <translation>3×3 卷积在每一侧只看到一个邻居。一层叠一层，一个潜变量单元格便取决于图片中更大的一块方形区域，即它的感受野。感受野之外的内容完全不能改变这个单元格。</translation>
    </message>
    <message>
        <source>A copy of the model, with the scores, thresholds and false-alarm rate in it, for other computers</source>
        <translation>模型的副本，内含评分、阈值和误报率，供其他电脑使用</translation>
    </message>
    <message>
        <source>A decoder turns any feature map into a picture. Fill the map with random numbers, and what comes out is a blur or noise: the latents of pictures fill a tiny part of all possible maps, and the decoder was trained nowhere else.</source>
        <translation>解码器能把任何特征图变成图片。用随机数填满特征图，得到的是一片模糊或噪声：图片的潜变量只占所有可能特征图中极小的一部分，而解码器只在那里训练过。</translation>
    </message>
    <message>
        <source>A detector is being fitted on the good pictures, and every picture is scored by it.</source>
        <translation>正在用正常图片拟合检测器，并用它给每张图片打分。</translation>
    </message>
    <message>
        <source>A figure of reconstructions needs a picture.</source>
        <translation>重建图需要一幅图片。</translation>
    </message>
    <message>
        <source>A film from one picture to the next</source>
        <translation>从一张图片到下一张的影片</translation>
    </message>
    <message>
        <source>A film is being saved. Cancel it and close?</source>
        <translation>正在保存影片。要取消保存并关闭吗？</translation>
    </message>
    <message>
        <source>A first try</source>
        <translation>初次尝试</translation>
    </message>
    <message>
        <source>A folder of pictures through the model</source>
        <translation>让整个文件夹的图片通过模型</translation>
    </message>
    <message>
        <source>A folder of pictures; sub-folders are searched too</source>
        <translation>图片文件夹；也会搜索子文件夹</translation>
    </message>
    <message>
        <source>A folder; its sub-folders are kept</source>
        <translation>一个文件夹；子文件夹会保留</translation>
    </message>
    <message>
        <source>A generator of new pictures</source>
        <translation>新图片生成器</translation>
    </message>
    <message>
        <source>A linear probe explains {percent} % of its variance in held-out pictures</source>
        <translation>线性探针在留出图片上解释了其 {percent} % 的方差</translation>
    </message>
    <message>
        <source>A linear probe tells it apart in {percent} % of held-out pictures</source>
        <translation>线性探针在 {percent} % 的留出图片上能将其分辨</translation>
    </message>
    <message>
        <source>A mixture of Gaussians, fitted to where the training pictures lie</source>
        <translation>高斯混合，按训练图片所在之处拟合</translation>
    </message>
    <message>
        <source>A model of fixed size sees</source>
        <translation>固定尺寸的模型看到</translation>
    </message>
    <message>
        <source>A new folder for the web page</source>
        <translation>网页的新文件夹</translation>
    </message>
    <message>
        <source>A picture is as anomalous as the most anomalous of its scores says</source>
        <translation>一张图片有多异常，取决于它最异常的那项分数</translation>
    </message>
    <message>
        <source>A random latent, and eleven others to choose from (Ctrl+R)</source>
        <translation>一个随机潜变量，另有十一个可供选择（Ctrl+R）</translation>
    </message>
    <message>
        <source>A rate of {value} was not too high here: it ends with {psnr:.1f} dB, and {reference} with {reference_psnr:.1f} dB.</source>
        <translation>学习率 {value} 在这里并不过高：最终为 {psnr:.1f} dB，而 {reference} 为 {reference_psnr:.1f} dB。</translation>
    </message>
    <message>
        <source>A rate that is a little too high costs quality. One that is far too high makes each step undo more than the last one did: the loss grows without bound, and the trainer stops such a run.</source>
        <translation>学习率略高会损失质量。若高得太多，每一步破坏的都比上一步学到的更多：损失无限增大，训练程序会停止这样的训练。</translation>
    </message>
    <message>
        <source>A run of this lesson cannot be measured: {reason}.</source>
        <translation>本课的一次训练无法测量：{reason}。</translation>
    </message>
    <message>
        <source>A sample: a random latent, decoded (seed {seed})</source>
        <translation>样例：随机潜变量的解码结果（种子 {seed}）</translation>
    </message>
    <message>
        <source>A sampler that is fitted draws from that part. This one takes the principal axes of the latents of training pictures, fits Gaussians along them, and draws from those: how cells and channels go together is kept. The distance says how unlike those of pictures the random latents are.</source>
        <translation>拟合过的采样器就从那一部分抽取。这里取训练图片潜变量的主轴，沿主轴拟合高斯分布，再从中抽样：单元格与通道之间的配合得以保留。距离表示随机潜变量与图片的潜变量有多不像。</translation>
    </message>
    <message>
        <source>A slider from examples</source>
        <translation>由示例生成滑块</translation>
    </message>
    <message>
        <source>A slider from these pictures to all others</source>
        <translation>从其他所有图片到这些图片的滑块</translation>
    </message>
    <message>
        <source>A small map for a picture of any size, trained on squares of it</source>
        <translation>任意大小的图片对应一个小特征图，用图片的方块训练</translation>
    </message>
    <message>
        <source>A sphere keeps in-between pictures as ordinary as both ends; a line passes nearer to the mean latent</source>
        <translation>沿球面时，中间的图片与两端一样寻常；沿直线时更靠近平均潜变量</translation>
    </message>
    <message>
        <source>A training goes on without the window, and is found again at the next start. Close the window?</source>
        <translation>关闭窗口后训练会继续，下次启动时可再找到。要关闭窗口吗？</translation>
    </message>
    <message>
        <source>A variational autoencoder adds noise to its latent and pays for every number that stands out from it: the divergence KL, times a weight. In return random latents decode to plausible pictures.</source>
        <translation>变分自编码器给潜变量加上噪声，每个想从噪声中突出的数都要付出代价：KL 散度乘以一个权重。换来的是，随机潜变量也能解码成像样的图片。</translation>
    </message>
    <message>
        <source>A weight of {value} left {active:.0f} of 16 numbers in use ({psnr:.1f} dB), as many as {reference} ({reference_psnr:.1f} dB).</source>
        <translation>权重为 {value} 时，16 个数中仍有 {active:.0f} 个在使用（{psnr:.1f} dB），与 {reference} 时（{reference_psnr:.1f} dB）一样多。</translation>
    </message>
    <message>
        <source>About ConvAE</source>
        <translation>关于 ConvAE</translation>
    </message>
    <message>
        <source>About this model</source>
        <translation>关于此模型</translation>
    </message>
    <message>
        <source>About this model…</source>
        <translation>关于此模型…</translation>
    </message>
    <message>
        <source>About {width} × {height} pixels</source>
        <translation>约 {width} × {height} 像素</translation>
    </message>
    <message>
        <source>Adam makes steps of nearly one size for every weight, so a high rate kills most units of a layer at once. Muon balances the step of a whole layer. A smaller rate helps too, and costs time. A leaky ReLU lets a hundredth of negative values through, so that units may come back; see whether they do here.</source>
        <translation>Adam 对每个权重的更新步长几乎相同，因此学习率过高会让一层中的大多数单元同时死亡。Muon 则平衡整层的更新。较小的学习率也有用，但更费时间。带泄漏的 ReLU 让负值的百分之一通过，单元便有机会恢复；看看这里是否如此。</translation>
    </message>
    <message>
        <source>Add current picture</source>
        <translation>添加当前图片</translation>
    </message>
    <message>
        <source>Add model…</source>
        <translation>添加模型…</translation>
    </message>
    <message>
        <source>Add pictures to the morph</source>
        <translation>向渐变中添加图片</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>Add to less</source>
        <translation>加入“较少”</translation>
    </message>
    <message>
        <source>Add to more</source>
        <translation>加入“较多”</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>Adds to every cell of the channel</source>
        <translation>加到该通道的每个格子上</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Agape</source>
        <translation>张嘴</translation>
    </message>
    <message>
        <source>All of the picture, with a margin</source>
        <translation>整张图片，留边</translation>
    </message>
    <message>
        <source>All on</source>
        <translation>全部打开</translation>
    </message>
    <message>
        <source>All pictures on the plane on which they differ most</source>
        <translation>把所有图片放在它们差异最大的平面上</translation>
    </message>
    <message>
        <source>All pictures that were looked at have {width} × {height} pixels</source>
        <translation>查看过的图片均为 {width} × {height} 像素</translation>
    </message>
    <message>
        <source>All the rest</source>
        <translation>其余全部</translation>
    </message>
    <message>
        <source>Allow a larger distance</source>
        <translation>放宽距离</translation>
    </message>
    <message>
        <source>Amplification of the difference</source>
        <translation>差异的放大倍数</translation>
    </message>
    <message>
        <source>An autoencoder writes a picture down as a few numbers, the latent, and draws it again from them alone. A picture here has 3,072 values; what does not fit into the latent is lost.</source>
        <translation>自编码器把一张图片写成少数几个数，即潜变量，再只凭这些数把图片重新画出来。这里的一张图片有 3,072 个值；潜变量装不下的就丢失了。</translation>
    </message>
    <message>
        <source>Angry</source>
        <translation>生气</translation>
    </message>
    <message>
        <source>Animated GIF</source>
        <translation>动画 GIF</translation>
    </message>
    <message>
        <source>Animated PNG</source>
        <translation>动画 PNG</translation>
    </message>
    <message>
        <source>Anomalies</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>Anomalies are pictures unlike the good ones, on which a detector is fitted first.</source>
        <translation>异常是与正常图片不同的图片；先要用正常图片拟合检测器。</translation>
    </message>
    <message>
        <source>Anomalies: {count} of {total} · false-alarm rate {rate}</source>
        <translation>异常：{total} 张中 {count} 张 · 误报率 {rate}</translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation>其他文件夹…</translation>
    </message>
    <message>
        <source>Another process of this training was lost, so it ended</source>
        <translation>这次训练的另一个进程丢失了，因此训练结束</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>As</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>As a share of the distance between two pictures picked at random</source>
        <translation>占随机两张图片之间距离的比例</translation>
    </message>
    <message>
        <source>Ask the trainer what it would see</source>
        <translation>询问训练程序会看到什么</translation>
    </message>
    <message>
        <source>At 1 they stay as drawn; less pulls them towards the mean latent</source>
        <translation>1：按抽取的原样；更小则向平均潜变量靠拢</translation>
    </message>
    <message>
        <source>At a rate of {value} the loss rose to {highest:.2g}, and the trainer stopped after {steps:.0f} steps. At {reference} it ends with {reference_psnr:.1f} dB.</source>
        <translation>学习率为 {value} 时，损失升到 {highest:.2g}，训练程序在 {steps:.0f} 步后停止。学习率为 {reference} 时最终为 {reference_psnr:.1f} dB。</translation>
    </message>
    <message>
        <source>At a rate of {value} the training ends with {psnr:.1f} dB, at {reference} with {reference_psnr:.1f} dB.</source>
        <translation>学习率为 {value} 时最终为 {psnr:.1f} dB，为 {reference} 时是 {reference_psnr:.1f} dB。</translation>
    </message>
    <message>
        <source>At the picture&apos;s own size</source>
        <translation>按图片自身的大小</translation>
    </message>
    <message>
        <source>At the start every weight is random, and gradients point in directions that hold for a few steps only. Adam scales each step by what it knows of the gradient&apos;s size, and at first it knows nearly nothing.</source>
        <translation>开始时所有权重都是随机的，梯度的方向只在几步之内有效。Adam 按它所知的梯度大小调整每一步，而起初它几乎一无所知。</translation>
    </message>
    <message>
        <source>At {distance} times the usual distance from the mean latent.</source>
        <translation>离平均潜变量的距离是通常的 {distance} 倍。</translation>
    </message>
    <message>
        <source>Axis {number}</source>
        <translation>主轴 {number}</translation>
    </message>
    <message>
        <source>Back to the picture</source>
        <translation>回到图片</translation>
    </message>
    <message>
        <source>Background lightness</source>
        <translation>背景明度</translation>
    </message>
    <message>
        <source>Background redness</source>
        <translation>背景偏红</translation>
    </message>
    <message>
        <source>Background warmth</source>
        <translation>背景暖度</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批处理</translation>
    </message>
    <message>
        <source>Batches that wait</source>
        <translation>等待中的批处理</translation>
    </message>
    <message>
        <source>Beard</source>
        <translation>胡须</translation>
    </message>
    <message>
        <source>Begin a training on these pictures</source>
        <translation>开始用这些图片训练</translation>
    </message>
    <message>
        <source>Begin this training when nothing else trains</source>
        <translation>没有其他训练进行时开始本次训练</translation>
    </message>
    <message>
        <source>Best linear code</source>
        <translation>最佳线性编码</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>闪烁</translation>
    </message>
    <message>
        <source>Both beside one another</source>
        <translation>两者并排</translation>
    </message>
    <message>
        <source>Both in one place, with a divider between them that can be moved</source>
        <translation>两者叠放，中间有可移动的分隔线</translation>
    </message>
    <message>
        <source>Bow</source>
        <translation>弯眼</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Broken</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>Built-in characters</source>
        <translation>内置人物</translation>
    </message>
    <message>
        <source>Bun</source>
        <translation>发髻</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>CONVAE_CACHE_GB must be a size in GB, such as 50, not {text!r}.</source>
        <translation>CONVAE_CACHE_GB 必须是以 GB 为单位的大小，例如 50，而不是 {text!r}。</translation>
    </message>
    <message>
        <source>CUDA or cuDNN</source>
        <translation>CUDA 或 cuDNN</translation>
    </message>
    <message>
        <source>CUDA runtime</source>
        <translation>CUDA 运行库</translation>
    </message>
    <message>
        <source>Caches</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel this; what is shown stays</source>
        <translation>取消；已显示的保持不变</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>模型卡</translation>
    </message>
    <message>
        <source>Chance that a good picture is as anomalous: {chance}</source>
        <translation>正常图片如此异常的概率：{chance}</translation>
    </message>
    <message>
        <source>Change the model</source>
        <translation>更换模型</translation>
    </message>
    <message>
        <source>Change the region</source>
        <translation>更改区域</translation>
    </message>
    <message>
        <source>Channel {number}</source>
        <translation>通道 {number}</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Channels of the latent</source>
        <translation>潜变量的通道数</translation>
    </message>
    <message>
        <source>Channels of the latent: arrows move among them, Return goes to the slider</source>
        <translation>潜在编码的通道：方向键在其间移动，回车键转到滑块</translation>
    </message>
    <message>
        <source>Chin</source>
        <translation>下巴胡</translation>
    </message>
    <message>
        <source>Chin moustache</source>
        <translation>下巴与唇胡</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Choose a folder of good pictures</source>
        <translation>选择正常图片文件夹</translation>
    </message>
    <message>
        <source>Choose a folder of good pictures first.</source>
        <translation>请先选择正常图片的文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder of pictures to inspect, and index it first.</source>
        <translation>请先选择要检查的图片文件夹，并建立索引。</translation>
    </message>
    <message>
        <source>Choose a folder of pictures to inspect.</source>
        <translation>请选择要检查的图片文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder of pictures, or drop one here, and a folder to write to.</source>
        <translation>请选择图片文件夹（或拖放到此处），以及要写入的文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder of pictures, or drop one here, to see its anomalies, duplicates and similar pictures.</source>
        <translation>选择一个图片文件夹，或拖放到此处，以查看其中的异常图片、重复图片和相似图片。</translation>
    </message>
    <message>
        <source>Choose a model at the left first.</source>
        <translation>请先在左侧选择模型。</translation>
    </message>
    <message>
        <source>Choose a model first: it is what pictures are inspected with.</source>
        <translation>请先选择模型：图片要用它来检查。</translation>
    </message>
    <message>
        <source>Choose a picture first.</source>
        <translation>请先选择一张图片。</translation>
    </message>
    <message>
        <source>Choose a picture in another view, and find those similar to it.</source>
        <translation>在其他视图中选一张图片，再查找与它相似的图片。</translation>
    </message>
    <message>
        <source>Choose another disk…</source>
        <translation>选择其他磁盘…</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>选择其他文件夹…</translation>
    </message>
    <message>
        <source>Choose automatically</source>
        <translation>自动选择</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Choose one, and see where it is anomalous</source>
        <translation>选择一张，查看它异常的地方</translation>
    </message>
    <message>
        <source>Choose pictures…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Choose the folder in which similar pictures are to be found, or drop it here.</source>
        <translation>请选择要在其中查找相似图片的文件夹，或将其拖到此处。</translation>
    </message>
    <message>
        <source>Choose the pictures…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear region</source>
        <translation>清除区域</translation>
    </message>
    <message>
        <source>Clear the row</source>
        <translation>清空此行</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>Click a picture to choose it, twice to open it; drag to decode what lies between</source>
        <translation>单击选择图片，双击打开；拖动可解码途中的点</translation>
    </message>
    <message>
        <source>Click a unit to switch it off.</source>
        <translation>单击一个单元即可关闭它。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the random latents</source>
        <translation>收起随机潜变量</translation>
    </message>
    <message>
        <source>Close this window</source>
        <translation>关闭此窗口</translation>
    </message>
    <message>
        <source>Clothes</source>
        <translation>服装</translation>
    </message>
    <message>
        <source>Clothes lightness</source>
        <translation>服装明度</translation>
    </message>
    <message>
        <source>Clothes redness</source>
        <translation>服装偏红</translation>
    </message>
    <message>
        <source>Clothes warmth</source>
        <translation>服装暖度</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Combined</source>
        <translation>综合</translation>
    </message>
    <message>
        <source>Compared at {sizes} pixels, in batches of {batches}</source>
        <translation>对比尺寸为 {sizes} 像素，批大小为 {batches}</translation>
    </message>
    <message>
        <source>Comparing pictures</source>
        <translation>正在比较图片</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Concept {number}</source>
        <translation>概念 {number}</translation>
    </message>
    <message>
        <source>Concepts</source>
        <translation>概念</translation>
    </message>
    <message>
        <source>Coordinates along the components, drawn as widely as the training pictures spread</source>
        <translation>沿主成分的坐标，抽取范围与训练图片的分布一样宽</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>Copy as Python</source>
        <translation>复制为 Python 代码</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Copy lines of Python that give the same pixels with onnxruntime and numpy</source>
        <translation>复制几行 Python 代码，用 onnxruntime 和 numpy 得到完全相同的像素</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Copy the decoded picture at its own size</source>
        <translation>以图片自身的尺寸复制解码图片</translation>
    </message>
    <message>
        <source>Copy the findings as text</source>
        <translation>把检查结果复制为文字</translation>
    </message>
    <message>
        <source>Copy view</source>
        <translation>复制视图</translation>
    </message>
    <message>
        <source>Copy what is seen of the picture, as it is shown</source>
        <translation>按显示的样子复制所见的图片</translation>
    </message>
    <message>
        <source>Ctrl and a click compare several runs</source>
        <translation>按住 Ctrl 单击可比较多次训练</translation>
    </message>
    <message>
        <source>Ctrl and the wheel move it finely; clicked once, the wheel alone does</source>
        <translation>按住 Ctrl 滚动滚轮可微调；点按一次后，只用滚轮即可</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Ctrl+滚轮</translation>
    </message>
    <message>
        <source>Cure</source>
        <translation>对策</translation>
    </message>
    <message>
        <source>Cure: {value}. It did not help here: {silent:.0f} of {units:.0f} units are negative for every picture, with {psnr:.1f} dB; without it {reference_silent:.0f} and {reference_psnr:.1f} dB.</source>
        <translation>对策：{value}。在这里没有帮助：{units:.0f} 个单元中有 {silent:.0f} 个对所有图片都为负，质量 {psnr:.1f} dB；没有它时是 {reference_silent:.0f} 个和 {reference_psnr:.1f} dB。</translation>
    </message>
    <message>
        <source>Cure: {value}. Now {silent:.0f} of {units:.0f} units are dead and the training ends with {psnr:.1f} dB. Without it, it is {reference_silent:.0f} units and {reference_psnr:.1f} dB.</source>
        <translation>对策：{value}。现在 {units:.0f} 个单元中有 {silent:.0f} 个死亡，最终为 {psnr:.1f} dB。没有它时是 {reference_silent:.0f} 个和 {reference_psnr:.1f} dB。</translation>
    </message>
    <message>
        <source>Damage</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Dead units</source>
        <translation>死亡的单元</translation>
    </message>
    <message>
        <source>Decode on {name}</source>
        <translation>在 {name} 上解码</translation>
    </message>
    <message>
        <source>Decoded</source>
        <translation>解码结果</translation>
    </message>
    <message>
        <source>Decoded (levels of 255)</source>
        <translation>解码（255 级）</translation>
    </message>
    <message>
        <source>Decoded in {time}</source>
        <translation>解码用时 {time}</translation>
    </message>
    <message>
        <source>Decoded point</source>
        <translation>解码的点</translation>
    </message>
    <message>
        <source>Decoder, layer {number}</source>
        <translation>解码器，第 {number} 层</translation>
    </message>
    <message>
        <source>Decoding, tile {done} of {total}</source>
        <translation>正在解码，第 {done} 块，共 {total} 块</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>Denoising</source>
        <translation>去噪</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Difference maps</source>
        <translation>差异图</translation>
    </message>
    <message>
        <source>Directions along which the training pictures vary most; one may mix several properties</source>
        <translation>训练图片变化最大的方向；一个方向可能混合几种属性</translation>
    </message>
    <message>
        <source>Directions that change this picture most, found again for each; within the region where there is one</source>
        <translation>最能改变这张图片的方向，每张图片都重新求取；有区域时只在区域之内</translation>
    </message>
    <message>
        <source>Directions that vary as independently of one another as can be, found without labels: most mean one thing each</source>
        <translation>彼此尽可能独立变化的方向，不用标签找到：大多各只表示一件事</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Doctor…</source>
        <translation>诊断…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Double-click a picture to open it</source>
        <translation>双击图片即可打开</translation>
    </message>
    <message>
        <source>Double-click to rename</source>
        <translation>双击可重命名</translation>
    </message>
    <message>
        <source>Drag a point</source>
        <translation>拖动一个点</translation>
    </message>
    <message>
        <source>Drag one on another to mix them</source>
        <translation>把一张拖到另一张上即可混合</translation>
    </message>
    <message>
        <source>Drag out</source>
        <translation>拖出</translation>
    </message>
    <message>
        <source>Drag points</source>
        <translation>拖动点</translation>
    </message>
    <message>
        <source>Drag points: arrows move the cursor, Space takes hold and lets go</source>
        <translation>拖动点：方向键移动光标，空格键抓住或放开</translation>
    </message>
    <message>
        <source>Drag the decoded picture from here into another program</source>
        <translation>从这里把解码的图片拖到别的程序</translation>
    </message>
    <message>
        <source>Draw a random latent</source>
        <translation>抽取随机潜变量</translation>
    </message>
    <message>
        <source>Draw around pictures to select them</source>
        <translation>圈住图片以选中它们</translation>
    </message>
    <message>
        <source>Drawing characters, and loading the trainer…</source>
        <translation>正在绘制人物并载入训练程序…</translation>
    </message>
    <message>
        <source>Drawn faces with labels: no pictures are needed</source>
        <translation>带标签的绘制人脸：不需要图片</translation>
    </message>
    <message>
        <source>Dress</source>
        <translation>连衣裙</translation>
    </message>
    <message>
        <source>Drop a folder here</source>
        <translation>将文件夹拖到此处</translation>
    </message>
    <message>
        <source>Drop a model folder on this window,
or press Add model</source>
        <translation>把模型文件夹拖到此窗口，
或按“添加模型”</translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation>把图片拖到这里</translation>
    </message>
    <message>
        <source>Drop a picture here, or press Open</source>
        <translation>把图片拖到这里，或按“打开”</translation>
    </message>
    <message>
        <source>Drop pictures here, or add the current one</source>
        <translation>把图片拖到这里，或添加当前图片</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Each step changes every weight by the gradient times the learning rate. If the rate is small, learning is slow. If it is large, a step lands on the other side of the valley, higher than it began.</source>
        <translation>每一步都按梯度乘以学习率来改变每个权重。学习率小，学得慢；学习率大，一步就跨到山谷的另一侧，比出发点还高。</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Easing</source>
        <translation>缓动</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Empty both</source>
        <translation>清空两边</translation>
    </message>
    <message>
        <source>Empty cache</source>
        <translation>清空缓存</translation>
    </message>
    <message>
        <source>Empty this cache of {size}? It is made again when it is needed.</source>
        <translation>清空此缓存（{size}）？需要时会重新生成。</translation>
    </message>
    <message>
        <source>Encode what is new in the folder</source>
        <translation>编码文件夹中的新图片</translation>
    </message>
    <message>
        <source>Encoded and decoded (levels of 255)</source>
        <translation>编码并解码（255 级）</translation>
    </message>
    <message>
        <source>Encoded in {first}, decoded in {second}</source>
        <translation>编码用时 {first}，解码用时 {second}</translation>
    </message>
    <message>
        <source>Encoder, layer {number}</source>
        <translation>编码器，第 {number} 层</translation>
    </message>
    <message>
        <source>Encoding pictures</source>
        <translation>正在编码图片</translation>
    </message>
    <message>
        <source>Encoding, tile {done} of {total}</source>
        <translation>正在编码，第 {done} 块，共 {total} 块</translation>
    </message>
    <message>
        <source>End it after the pictures in work; Start continues from there</source>
        <translation>处理完手头的图片后结束；“开始”会从那里继续</translation>
    </message>
    <message>
        <source>End this training</source>
        <translation>结束这次训练</translation>
    </message>
    <message>
        <source>Enough to begin with. Sliders do best where all pictures are of one kind.</source>
        <translation>足以开始。所有图片同属一类时滑块效果最好。</translation>
    </message>
    <message>
        <source>Epoch whose pictures are shown</source>
        <translation>所显示图片的轮次</translation>
    </message>
    <message>
        <source>Even</source>
        <translation>匀速</translation>
    </message>
    <message>
        <source>Every number of the latent is drawn evenly between 0 and 1: a random feature map</source>
        <translation>潜变量的每个数都在 0 到 1 之间均匀抽取：随机特征图</translation>
    </message>
    <message>
        <source>Every number of the latent is standard normal, as a variational autoencoder was taught</source>
        <translation>潜变量的每个数都服从标准正态分布，与变分自潜变量器的训练一致</translation>
    </message>
    <message>
        <source>Every option of the trainer</source>
        <translation>训练程序的全部选项</translation>
    </message>
    <message>
        <source>Every picture is being compared with every other.</source>
        <translation>正在将每张图片与其他所有图片比较。</translation>
    </message>
    <message>
        <source>Every picture of the folder</source>
        <translation>文件夹中的所有图片</translation>
    </message>
    <message>
        <source>Every step, to jump to</source>
        <translation>每一步，可跳转</translation>
    </message>
    <message>
        <source>Everything is forgotten; the next start is like the first.</source>
        <translation>已全部忘记；下次启动将与第一次一样。</translation>
    </message>
    <message>
        <source>Everything that a training needs is installed.</source>
        <translation>训练所需的一切均已安装。</translation>
    </message>
    <message>
        <source>Everything works</source>
        <translation>一切正常</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>任何页面</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>导出 CSV…</translation>
    </message>
    <message>
        <source>Export figure</source>
        <translation>导出图</translation>
    </message>
    <message>
        <source>Export figure of reconstructions…</source>
        <translation>导出重建图…</translation>
    </message>
    <message>
        <source>Export figure of the curves…</source>
        <translation>导出曲线图…</translation>
    </message>
    <message>
        <source>Export figure of the interpolation…</source>
        <translation>导出插值图…</translation>
    </message>
    <message>
        <source>Export figure of traversals…</source>
        <translation>导出遍历图…</translation>
    </message>
    <message>
        <source>Export the run and open it</source>
        <translation>导出运行并打开</translation>
    </message>
    <message>
        <source>Export the run as soon as it is done, and open its sliders</source>
        <translation>训练完成后立即导出，并打开它的滑块</translation>
    </message>
    <message>
        <source>Export the view</source>
        <translation>导出视图</translation>
    </message>
    <message>
        <source>Export view…</source>
        <translation>导出视图…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Eyebrows</source>
        <translation>眉毛</translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation>眼睛</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>误报率</translation>
    </message>
    <message>
        <source>Familiar: farther from the mean latent than {percent} % of the training pictures.</source>
        <translation>熟悉：比 {percent} % 的训练图片离平均潜变量更远。</translation>
    </message>
    <message>
        <source>Familiarity is known only at the size that the model was trained at.</source>
        <translation>只有在训练尺寸上才能判断此潜变量有多常见。</translation>
    </message>
    <message>
        <source>Fastest way for {name}</source>
        <translation>{name} 最快的方式</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Favourite: among the sliders with a star</source>
        <translation>收藏：加入带星的滑块</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Few pictures: a map trained on squares of them does best; sliders want a few hundred of one kind.</source>
        <translation>图片较少：用方块训练特征图效果最好；滑块需要几百张同类图片。</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>感受野</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Files that are passed over, and near-duplicates</source>
        <translation>被跳过的文件和近似重复的图片</translation>
    </message>
    <message>
        <source>Fill in a new run that starts from these weights</source>
        <translation>填写一个从这些权重开始的新运行</translation>
    </message>
    <message>
        <source>Filmstrips</source>
        <translation>胶片条</translation>
    </message>
    <message>
        <source>Find anomalies</source>
        <translation>查找异常</translation>
    </message>
    <message>
        <source>Find anomalies, similar pictures, duplicates and directions in a folder</source>
        <translation>在一个文件夹的图片中查找异常、相似图片、重复和方向</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>查找相似图片</translation>
    </message>
    <message>
        <source>Find similar pictures</source>
        <translation>查找相似图片</translation>
    </message>
    <message>
        <source>First select the pictures that were scored wrongly.</source>
        <translation>请先选中判断错误的图片。</translation>
    </message>
    <message>
        <source>First select the pictures to move.</source>
        <translation>请先选中要移动的图片。</translation>
    </message>
    <message>
        <source>First version: VGG13, linear</source>
        <translation>最初版本：VGG13，线性</translation>
    </message>
    <message>
        <source>First version: VGG13, sigmoid</source>
        <translation>最初版本：VGG13，sigmoid</translation>
    </message>
    <message>
        <source>First version: VGG16, linear</source>
        <translation>最初版本：VGG16，线性</translation>
    </message>
    <message>
        <source>First version: VGG16, sigmoid</source>
        <translation>最初版本：VGG16，sigmoid</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合</translation>
    </message>
    <message>
        <source>Fit instead of crop</source>
        <translation>完整放入而不裁剪</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Folder of PNG frames</source>
        <translation>PNG 帧文件夹</translation>
    </message>
    <message>
        <source>Folder of good pictures</source>
        <translation>正常图片文件夹</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>Folder of pictures to train on</source>
        <translation>用于训练的图片文件夹</translation>
    </message>
    <message>
        <source>Folder to inspect</source>
        <translation>要检查的文件夹</translation>
    </message>
    <message>
        <source>Folder to write to</source>
        <translation>要写入的文件夹</translation>
    </message>
    <message>
        <source>Follow the advice</source>
        <translation>采纳建议</translation>
    </message>
    <message>
        <source>Forget everything…</source>
        <translation>全部忘记…</translation>
    </message>
    <message>
        <source>Forget settings</source>
        <translation>清除设置</translation>
    </message>
    <message>
        <source>Forget settings, recent pictures and the last session?</source>
        <translation>要忘记设置、最近的图片和上次的会话吗？</translation>
    </message>
    <message>
        <source>Format of the reconstructions</source>
        <translation>重建图片的格式</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Frames between pictures</source>
        <translation>图片之间的帧数</translation>
    </message>
    <message>
        <source>Frames per second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>Free bits</source>
        <translation>自由比特</translation>
    </message>
    <message>
        <source>Free software under the MIT licence.</source>
        <translation>以 MIT 许可证发布的自由软件。</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>From a kept latent</source>
        <translation>从保留的潜变量开始</translation>
    </message>
    <message>
        <source>From a random latent ({detail})</source>
        <translation>来自随机潜变量（{detail}）</translation>
    </message>
    <message>
        <source>From end to end it changes the picture by {levels} levels of 255 on average</source>
        <translation>从一端到另一端，图片平均改变 255 级中的 {levels} 级</translation>
    </message>
    <message>
        <source>From snapshot {detail}</source>
        <translation>来自快照 {detail}</translation>
    </message>
    <message>
        <source>From the mean latent</source>
        <translation>来自平均潜变量</translation>
    </message>
    <message>
        <source>From the picture</source>
        <translation>来自图片</translation>
    </message>
    <message>
        <source>From training picture {detail}</source>
        <translation>来自训练图片 {detail}</translation>
    </message>
    <message>
        <source>From {detail}</source>
        <translation>来自 {detail}</translation>
    </message>
    <message>
        <source>Full beard</source>
        <translation>络腮胡</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>高斯</translation>
    </message>
    <message>
        <source>Give a model of fixed size the whole picture, instead of its middle</source>
        <translation>把整张图片交给固定尺寸的模型，而不只是中间部分</translation>
    </message>
    <message>
        <source>Give the network damaged pictures, and ask it for the whole ones. Noise is different at every pixel, so it does not fit through the bottleneck; what pictures have in common does. To reconstruct is then to repair.</source>
        <translation>给网络看损坏的图片，要求它给出完好的图片。噪声在每个像素上都不同，通不过瓶颈；图片共有的东西却可以。于是重建就是修复。</translation>
    </message>
    <message>
        <source>Glasses</source>
        <translation>眼镜</translation>
    </message>
    <message>
        <source>Go to snapshot A</source>
        <translation>转到快照 A</translation>
    </message>
    <message>
        <source>Go to snapshot B</source>
        <translation>转到快照 B</translation>
    </message>
    <message>
        <source>Go to snapshot {name}</source>
        <translation>转到快照 {name}</translation>
    </message>
    <message>
        <source>Go to the mean latent</source>
        <translation>转到平均潜变量</translation>
    </message>
    <message>
        <source>Go to this picture</source>
        <translation>转到此图片</translation>
    </message>
    <message>
        <source>Go to this snapshot</source>
        <translation>转到此快照</translation>
    </message>
    <message>
        <source>Goal</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Good: {name}</source>
        <translation>正常：{name}</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Great circle</source>
        <translation>大圆</translation>
    </message>
    <message>
        <source>Grey PNGs: how much the most different channel differs, 0 to 255</source>
        <translation>灰度 PNG：差异最大的通道相差多少，0 到 255</translation>
    </message>
    <message>
        <source>Groups of duplicates</source>
        <translation>重复图片组</translation>
    </message>
    <message>
        <source>Groups of pictures that are nearly the same</source>
        <translation>几乎相同的图片组</translation>
    </message>
    <message>
        <source>Hair</source>
        <translation>头发</translation>
    </message>
    <message>
        <source>Hair lightness</source>
        <translation>发色明度</translation>
    </message>
    <message>
        <source>Hair redness</source>
        <translation>发色偏红</translation>
    </message>
    <message>
        <source>Hair warmth</source>
        <translation>发色暖度</translation>
    </message>
    <message>
        <source>Happy</source>
        <translation>高兴</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>输出层</translation>
    </message>
    <message>
        <source>Head: {value}. The values go from {lowest:.2f} to {highest:.2f}, and stretching changes the contrast from {shown_slope:.2f} to {slope:.2f} of the original&apos;s: there is no veil to see.</source>
        <translation>输出层：{value}。值从 {lowest:.2f} 到 {highest:.2f}，拉伸使对比度从原图的 {shown_slope:.2f} 变为 {slope:.2f}：看不到那层纱。</translation>
    </message>
    <message>
        <source>Head: {value}. The values go from {lowest:.2f} to {highest:.2f}. Stretched, the contrast of the pictures falls from {shown_slope:.2f} to {slope:.2f} of the original&apos;s, and their quality from {psnr_db:.1f} to {stretched_psnr_db:.1f} dB. With a {reference} the contrast goes from {reference_shown_slope:.2f} to {reference_slope:.2f}.</source>
        <translation>输出层：{value}。值从 {lowest:.2f} 到 {highest:.2f}。拉伸后，图片的对比度从原图的 {shown_slope:.2f} 降到 {slope:.2f}，质量从 {psnr_db:.1f} 降到 {stretched_psnr_db:.1f} dB。用 {reference} 时对比度从 {reference_shown_slope:.2f} 变为 {reference_slope:.2f}。</translation>
    </message>
    <message>
        <source>Held-out PSNR</source>
        <translation>留出集 PSNR</translation>
    </message>
    <message>
        <source>Held-out PSNR (dB)</source>
        <translation>留出集 PSNR（dB）</translation>
    </message>
    <message>
        <source>Held-out PSNR, dB</source>
        <translation>留出集 PSNR（dB）</translation>
    </message>
    <message>
        <source>Held-out pictures</source>
        <translation>留出图片</translation>
    </message>
    <message>
        <source>Held-out pictures and their reconstructions at the end of each epoch</source>
        <translation>每轮结束时的留出图片及其重建</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>Histogram of red, green and blue</source>
        <translation>红、绿、蓝直方图</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>How far each pixel is from the original&apos;s</source>
        <translation>每个像素与原图相差多少</translation>
    </message>
    <message>
        <source>How fast it plays</source>
        <translation>播放速度</translation>
    </message>
    <message>
        <source>How many frames lie from one picture to the next</source>
        <translation>从一张图片到下一张之间有多少帧</translation>
    </message>
    <message>
        <source>How much differences are amplified</source>
        <translation>差异放大多少</translation>
    </message>
    <message>
        <source>How often each level of red, green and blue occurs</source>
        <translation>红、绿、蓝各级别出现的频率</translation>
    </message>
    <message>
        <source>Humble</source>
        <translation>谦和</translation>
    </message>
    <message>
        <source>If the weight is too large, a number costs more than it saves in reconstruction. The encoder then gives the same value for every picture, and the decoder learns to ignore it: the posterior has collapsed to the prior. If everything collapses, every reconstruction is the mean picture.</source>
        <translation>权重过大时，一个数的代价超过它在重建中省下的误差。于是编码器对每张图片都给出同样的值，解码器学会忽略它：后验坍缩成了先验。如果全部坍缩，每个重建都是平均图片。</translation>
    </message>
    <message>
        <source>In a loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>In {time}: about {epochs}</source>
        <translation>{time}内：约 {epochs}</translation>
    </message>
    <message>
        <source>Independent components</source>
        <translation>独立成分</translation>
    </message>
    <message>
        <source>Independent {number}</source>
        <translation>独立轴 {number}</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>建立索引</translation>
    </message>
    <message>
        <source>Index {folder} to see its pictures through this model.</source>
        <translation>为 {folder} 建立索引，以便用此模型查看其中的图片。</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Inspected folders</source>
        <translation>检查过的文件夹</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Install again…</source>
        <translation>重新安装…</translation>
    </message>
    <message>
        <source>Install the packages of a training in an environment of their own</source>
        <translation>在独立环境中安装训练所需的软件包</translation>
    </message>
    <message>
        <source>Install the packages of a training in {folder}? They are fetched from the network and take about {gigabytes} GB. Nothing else on this computer is changed.</source>
        <translation>要将训练所需的软件包安装到 {folder} 吗？它们将从网络下载，约占 {gigabytes} GB。本机的其他内容不会改变。</translation>
    </message>
    <message>
        <source>Install what a training needs, after asking</source>
        <translation>询问后安装训练所需的软件</translation>
    </message>
    <message>
        <source>Installing, step {step} of {steps}</source>
        <translation>正在安装，第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
        <source>Install…</source>
        <translation>安装…</translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation>插值</translation>
    </message>
    <message>
        <source>Interpolation from {first} to {second} by {model}: in the latent space along a straight line, and along a great circle in whitened coordinates. Below each picture: the mean difference from the one before it, in levels of 255.</source>
        <translation>{model} 从 {first} 到 {second} 的插值：在潜空间中沿直线，以及在白化坐标中沿大圆。每幅图片下方：与前一幅的平均差异，以 255 级计。</translation>
    </message>
    <message>
        <source>Invert region</source>
        <translation>反选区域</translation>
    </message>
    <message>
        <source>Its distance from the space of the components is {times} times the usual one.</source>
        <translation>其主成分之外的部分是通常的 {times} 倍。</translation>
    </message>
    <message>
        <source>JPEG, lossy</source>
        <translation>JPEG，有损</translation>
    </message>
    <message>
        <source>Keep as start</source>
        <translation>设为起点</translation>
    </message>
    <message>
        <source>Keep model, picture and sliders in a file</source>
        <translation>把模型、图片和滑块存入文件</translation>
    </message>
    <message>
        <source>Keep snapshot</source>
        <translation>保存快照</translation>
    </message>
    <message>
        <source>Keep the best of each</source>
        <translation>每组保留最佳</translation>
    </message>
    <message>
        <source>Keep the current picture as a snapshot</source>
        <translation>把当前图片保存为快照</translation>
    </message>
    <message>
        <source>Keep the current picture as a snapshot (Ctrl+T)</source>
        <translation>把当前图片保存为快照（Ctrl+T）</translation>
    </message>
    <message>
        <source>Keeping the thresholds</source>
        <translation>正在保存阈值</translation>
    </message>
    <message>
        <source>Keeping what you said</source>
        <translation>正在保存您的判断</translation>
    </message>
    <message>
        <source>Kept latent</source>
        <translation>保留的潜变量</translation>
    </message>
    <message>
        <source>Labels, with their values: {labels}</source>
        <translation>标签及其取值数：{labels}</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Language of the system</source>
        <translation>跟随系统语言</translation>
    </message>
    <message>
        <source>Large and slow, a little smaller</source>
        <translation>大而慢，略小一些</translation>
    </message>
    <message>
        <source>Large and slow, as the study began</source>
        <translation>大而慢，如研究之初</translation>
    </message>
    <message>
        <source>Large and slow, with a sigmoid at the end</source>
        <translation>大而慢，末端为 sigmoid</translation>
    </message>
    <message>
        <source>Largest difference</source>
        <translation>最大差异</translation>
    </message>
    <message>
        <source>Largest distance</source>
        <translation>最大距离</translation>
    </message>
    <message>
        <source>Largest distance of duplicates</source>
        <translation>重复图片的最大距离</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Latent</source>
        <translation>潜变量</translation>
    </message>
    <message>
        <source>Latent (standard deviations)</source>
        <translation>潜变量（标准差）</translation>
    </message>
    <message>
        <source>Latent distance</source>
        <translation>潜变量距离</translation>
    </message>
    <message>
        <source>Latent file</source>
        <translation>潜变量文件</translation>
    </message>
    <message>
        <source>Latent numbers in use</source>
        <translation>使用中的潜变量</translation>
    </message>
    <message>
        <source>Latent size</source>
        <translation>潜变量大小</translation>
    </message>
    <message>
        <source>Latents</source>
        <translation>潜变量</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>推后</translation>
    </message>
    <message>
        <source>Laugh</source>
        <translation>大笑</translation>
    </message>
    <message>
        <source>Lay out the map</source>
        <translation>生成地图</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>各层</translation>
    </message>
    <message>
        <source>Layers need {names} (several GB): {command}</source>
        <translation>显示各层需要 {names}（数 GB）：{command}</translation>
    </message>
    <message>
        <source>Laying out the map</source>
        <translation>正在排布地图</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Learning from your verdicts</source>
        <translation>正在从您的判断中学习</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Learnt defects</source>
        <translation>学到的缺陷</translation>
    </message>
    <message>
        <source>Length in seconds</source>
        <translation>时长（秒）</translation>
    </message>
    <message>
        <source>Length of the whole film; the frames between pictures follow</source>
        <translation>整段影片的时长；图片之间的帧数随之改变</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Let the pictures decide</source>
        <translation>由图片决定</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Live sliders</source>
        <translation>实时滑块</translation>
    </message>
    <message>
        <source>Local components</source>
        <translation>局部成分</translation>
    </message>
    <message>
        <source>Local {number}</source>
        <translation>局部 {number}</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Lock: reset and random leave it alone</source>
        <translation>锁定：重置和随机都不改动它</translation>
    </message>
    <message>
        <source>Long beard</source>
        <translation>长胡须</translation>
    </message>
    <message>
        <source>Long straight</source>
        <translation>长直发</translation>
    </message>
    <message>
        <source>Long wavy</source>
        <translation>长卷发</translation>
    </message>
    <message>
        <source>Look at the pictures</source>
        <translation>查看图片</translation>
    </message>
    <message>
        <source>Looking at the layers…</source>
        <translation>正在查看各层…</translation>
    </message>
    <message>
        <source>Looking at this machine…</source>
        <translation>正在检查这台机器…</translation>
    </message>
    <message>
        <source>Looking for pictures…</source>
        <translation>正在查找图片…</translation>
    </message>
    <message>
        <source>Looking for the directions that change this picture most…</source>
        <translation>正在求取最能改变这张图片的方向…</translation>
    </message>
    <message>
        <source>Looking through the model, {done:,} of {total:,} blocks</source>
        <translation>正在透视模型，已完成 {total:,} 块中的 {done:,} 块</translation>
    </message>
    <message>
        <source>Looking through the model…</source>
        <translation>正在透视模型…</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>MP4 needs PyAV: {command}</source>
        <translation>MP4 需要 PyAV：{command}</translation>
    </message>
    <message>
        <source>MP4 video</source>
        <translation>MP4 视频</translation>
    </message>
    <message>
        <source>Made if it is not there</source>
        <translation>若不存在则创建</translation>
    </message>
    <message>
        <source>Made-up defects, faint to strong, that it would find at this false-alarm rate:</source>
        <translation>在此误报率下能找到的人造缺陷（由弱到强）：</translation>
    </message>
    <message>
        <source>Mahalanobis distance of the latent from the good ones, with shrinkage</source>
        <translation>潜变量到正常图片潜变量的马氏距离（收缩估计）</translation>
    </message>
    <message>
        <source>Make a model</source>
        <translation>生成模型</translation>
    </message>
    <message>
        <source>Make a model at the end</source>
        <translation>结束时生成模型</translation>
    </message>
    <message>
        <source>Make slider</source>
        <translation>生成滑块</translation>
    </message>
    <message>
        <source>Make slider…</source>
        <translation>制作滑块…</translation>
    </message>
    <message>
        <source>Making a model from the two graphs; this takes a minute or two.</source>
        <translation>正在用这两个计算图制作模型；需要一两分钟。</translation>
    </message>
    <message>
        <source>Making a model of {name}…</source>
        <translation>正在生成 {name} 的模型…</translation>
    </message>
    <message>
        <source>Making a slider</source>
        <translation>正在生成滑块</translation>
    </message>
    <message>
        <source>Making a web page of {name}…</source>
        <translation>正在生成 {name} 的网页…</translation>
    </message>
    <message>
        <source>Making samples and the report…</source>
        <translation>正在生成样例和报告…</translation>
    </message>
    <message>
        <source>Many tools stretch pictures for display, so that the least value becomes black and the largest white. A few values beyond white then make all others darker and flatter: the picture seems to lie under a veil. It is not in the network. Values that are cut off at 0 and 1 show none.</source>
        <translation>许多工具在显示时会拉伸图片，使最小值变成黑色、最大值变成白色。少数超出白色的值便让其余一切更暗更平：图片好像蒙着一层纱。这层纱不在网络里；把值截断在 0 和 1 之间，就看不到它。</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Map of the pictures</source>
        <translation>图片地图</translation>
    </message>
    <message>
        <source>Mark a part of the picture: everything then acts only there. The right button, or Alt, erases</source>
        <translation>标出图片的一部分：一切只在那里起作用。右键或 Alt 可擦除</translation>
    </message>
    <message>
        <source>Marks are the pictures; Page up and Page down go from one to the next</source>
        <translation>标记处是各张图片；Page Up 和 Page Down 可在其间跳转</translation>
    </message>
    <message>
        <source>May hold {name}, {kind}, {number} and {model}</source>
        <translation>可包含 {name}、{kind}、{number} 和 {model}</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Mean difference of a channel, of 255; the largest is {largest}</source>
        <translation>各通道的平均差异（满值 255）；最大为 {largest}</translation>
    </message>
    <message>
        <source>Mean distance of the latent to the three nearest good ones</source>
        <translation>潜变量到最近三张正常图片的平均距离</translation>
    </message>
    <message>
        <source>Mean latent</source>
        <translation>平均潜变量</translation>
    </message>
    <message>
        <source>Mean picture</source>
        <translation>平均图片</translation>
    </message>
    <message>
        <source>Mean squared error of the reconstruction</source>
        <translation>重建图片的均方误差</translation>
    </message>
    <message>
        <source>Measuring duplicates</source>
        <translation>正在评估重复图片</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>漏检</translation>
    </message>
    <message>
        <source>Mix of snapshots ({detail})</source>
        <translation>快照混合（{detail}）</translation>
    </message>
    <message>
        <source>Mix of two snapshots</source>
        <translation>两个快照的混合</translation>
    </message>
    <message>
        <source>Mix of {first} and {second}</source>
        <translation>{first} 与 {second} 的混合</translation>
    </message>
    <message>
        <source>Mix with</source>
        <translation>与之混合</translation>
    </message>
    <message>
        <source>Mixture</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation>模型：{name}</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models (*.convae bundle.json *.onnx)</source>
        <translation>模型 (*.convae bundle.json *.onnx)</translation>
    </message>
    <message>
        <source>More: {more:,} · less: all others</source>
        <translation>较多：{more:,} · 较少：其余全部</translation>
    </message>
    <message>
        <source>More: {more:,} · less: {less:,}</source>
        <translation>较多：{more:,} · 较少：{less:,}</translation>
    </message>
    <message>
        <source>Morph</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Moustache twirl</source>
        <translation>卷翘唇胡</translation>
    </message>
    <message>
        <source>Mouth</source>
        <translation>嘴</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Move a slider</source>
        <translation>移动滑块</translation>
    </message>
    <message>
        <source>Move all but the best of each group to a folder beside this one; Undo moves them back</source>
        <translation>将每组中除最佳之外的图片移到此文件夹旁的文件夹；撤销即可移回</translation>
    </message>
    <message>
        <source>Move anomalies</source>
        <translation>移动异常图片</translation>
    </message>
    <message>
        <source>Move every anomaly to a folder beside this one; nothing is deleted, and Undo moves them back</source>
        <translation>将所有异常图片移到此文件夹旁的文件夹；不会删除任何文件，撤销即可移回</translation>
    </message>
    <message>
        <source>Move far</source>
        <translation>大步移动</translation>
    </message>
    <message>
        <source>Move files</source>
        <translation>移动文件</translation>
    </message>
    <message>
        <source>Move finely</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>Move finely, under the mouse</source>
        <translation>微调鼠标下的滑块</translation>
    </message>
    <message>
        <source>Move it down in the queue</source>
        <translation>在队列中下移</translation>
    </message>
    <message>
        <source>Move it up in the queue</source>
        <translation>在队列中上移</translation>
    </message>
    <message>
        <source>Move its sliders</source>
        <translation>移动它的滑块</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>左移</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Move the model {name} to the trash?</source>
        <translation>要把模型 {name} 移到回收站吗？</translation>
    </message>
    <message>
        <source>Move the selected pictures to another folder; nothing is deleted</source>
        <translation>把选中的图片移到另一个文件夹；不会删除任何文件</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Move {first} and {second}</source>
        <translation>移动 {first} 和 {second}</translation>
    </message>
    <message numerus="yes">
        <source>Move {n:,} pictures to {folder}? Undo brings them back.</source>
        <translation>
            <numerusform>将 {n:,} 张图片移动到 {folder}？可以撤销。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move {n:,} pictures to…</source>
        <translation>
            <numerusform>将 {n:,} 张图片移动到…</numerusform>
        </translation>
    </message>
    <message>
        <source>Move {name}</source>
        <translation>移动 {name}</translation>
    </message>
    <message>
        <source>Move, once it was clicked</source>
        <translation>点按后移动</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>移动…</translation>
    </message>
    <message>
        <source>Moving pictures</source>
        <translation>正在移动图片</translation>
    </message>
    <message>
        <source>Muon in place of Adam</source>
        <translation>用 Muon 代替 Adam</translation>
    </message>
    <message>
        <source>NVIDIA driver</source>
        <translation>NVIDIA 驱动</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the concept</source>
        <translation>概念的名称</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <source>Name of the model; as the run is called, where it is empty</source>
        <translation>模型名称；留空则与训练同名</translation>
    </message>
    <message>
        <source>Name of the slider</source>
        <translation>滑块的名称</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Names of the files</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Near latents</source>
        <translation>相近的潜变量</translation>
    </message>
    <message>
        <source>Nearer to the mean latent than any training picture: as average as can be.</source>
        <translation>比任何训练图片都更接近平均潜变量：平均到了极点。</translation>
    </message>
    <message>
        <source>Nearest good</source>
        <translation>最近的正常图片</translation>
    </message>
    <message>
        <source>Neck high</source>
        <translation>齐颈</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Networks taught on defects made up in the good pictures: the place most like one</source>
        <translation>用在合格图片上人造的缺陷训练的网络：最像缺陷的位置</translation>
    </message>
    <message>
        <source>Networks that came with the model, taught on defects made up in good pictures: the place most like one</source>
        <translation>模型自带的网络，用在良品图片中人造的缺陷训练：最像缺陷的位置</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>平静</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Newest runs</source>
        <translation>最新的运行</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message>
        <source>No model was made from the two graphs: {why}.</source>
        <translation>没有用这两个计算图做成模型：{why}。</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>还没有模型</translation>
    </message>
    <message>
        <source>No picture chosen</source>
        <translation>没有选择图片</translation>
    </message>
    <message>
        <source>No picture has that in its name.</source>
        <translation>没有图片的名称包含这些字。</translation>
    </message>
    <message>
        <source>No picture is a copy of another.</source>
        <translation>没有图片是另一张的副本。</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>还没有图片</translation>
    </message>
    <message>
        <source>No pictures are needed: drawn faces with labels, trained for three minutes; then their sliders open</source>
        <translation>不需要图片：带标签的手绘面孔，训练三分钟，然后打开它们的滑块</translation>
    </message>
    <message>
        <source>No region: everything acts everywhere</source>
        <translation>没有区域：一切在各处都起作用</translation>
    </message>
    <message>
        <source>No run yet. Drop a folder of pictures, and press Train.</source>
        <translation>还没有训练。拖入一个图片文件夹，然后点“训练”。</translation>
    </message>
    <message>
        <source>No two pictures are that near to each other.</source>
        <translation>没有两张图片如此接近。</translation>
    </message>
    <message>
        <source>No web page was made: {why}.</source>
        <translation>未能生成网页：{why}。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>None of the pictures can be read any more ({reason}); are they still there?</source>
        <translation>所有图片都无法再读取（{reason}）；它们还在吗？</translation>
    </message>
    <message>
        <source>Not a duplicate</source>
        <translation>不是重复</translation>
    </message>
    <message>
        <source>Not an anomaly</source>
        <translation>不是异常</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Nothing is lost</source>
        <translation>没有任何损失</translation>
    </message>
    <message>
        <source>Nothing more was saved.</source>
        <translation>没有再保存任何内容。</translation>
    </message>
    <message>
        <source>Nothing selected</source>
        <translation>未选中图片</translation>
    </message>
    <message>
        <source>Nothing was saved.</source>
        <translation>什么也没有保存。</translation>
    </message>
    <message>
        <source>Number {number}</source>
        <translation>数 {number}</translation>
    </message>
    <message>
        <source>Numbers in the latent</source>
        <translation>潜变量的个数</translation>
    </message>
    <message>
        <source>Numbers in the latent: {bytes} in 32 bits each, where the pixels are {pixels}</source>
        <translation>潜变量中数字的个数：每个 32 位共 {bytes}，而像素为 {pixels}</translation>
    </message>
    <message>
        <source>Numbers in the pixels for each number in the latent; in bytes it is {ratio} : 1</source>
        <translation>潜变量的每个数对应多少个像素数；按字节为 {ratio} : 1</translation>
    </message>
    <message>
        <source>ONNX against the network</source>
        <translation>ONNX 与网络对比</translation>
    </message>
    <message>
        <source>Of {tried} made-up defects it would find {share}; hardest: {names}. {alignment}</source>
        <translation>在 {tried} 个人造缺陷中能找到 {share}；最难的：{names}。{alignment}</translation>
    </message>
    <message>
        <source>On a slider</source>
        <translation>滑块上</translation>
    </message>
    <message>
        <source>On the CPU instead: {names}.</source>
        <translation>改在 CPU 上运行的：{names}。</translation>
    </message>
    <message>
        <source>Once</source>
        <translation>一次</translation>
    </message>
    <message>
        <source>One after the other in the same place</source>
        <translation>在同一位置轮流显示</translation>
    </message>
    <message>
        <source>One file</source>
        <translation>单个文件</translation>
    </message>
    <message>
        <source>One of the latent&apos;s own numbers</source>
        <translation>潜变量自身的一个数</translation>
    </message>
    <message>
        <source>One picture: it is no duplicate of its group. Several: they are none of one another</source>
        <translation>选一张：它与同组其他图片不重复；选多张：它们彼此不重复</translation>
    </message>
    <message>
        <source>One pixel of the screen for each of the picture&apos;s</source>
        <translation>图片的每个像素对应屏幕的一个像素</translation>
    </message>
    <message>
        <source>One scores.csv with mse, psnr_db and ssim of every picture</source>
        <translation>一个 scores.csv，含每张图片的 mse、psnr_db 和 ssim</translation>
    </message>
    <message>
        <source>One unit changes this picture by {levels} levels of 255 on average</source>
        <translation>一个单位平均使这张图片改变 {levels} 级（共 255 级）</translation>
    </message>
    <message>
        <source>One vector for a picture: faces, drawings of one kind, parts that are alike</source>
        <translation>每张图片一个向量：人脸、同类绘画、相似的零件</translation>
    </message>
    <message>
        <source>Only a picture&apos;s own latent can be refined: start from the picture first.</source>
        <translation>只能细化图片自身的潜变量：请先从图片开始。</translation>
    </message>
    <message>
        <source>Only files of this computer are opened; left out: {names}.</source>
        <translation>只打开本机上的文件；已忽略：{names}。</translation>
    </message>
    <message>
        <source>Open a folder of pictures</source>
        <translation>打开图片文件夹</translation>
    </message>
    <message>
        <source>Open a latent file</source>
        <translation>打开潜变量文件</translation>
    </message>
    <message>
        <source>Open a latent file in the sliders</source>
        <translation>把潜变量文件打开到滑块中</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Open a model: its .convae file, or the bundle.json in its folder</source>
        <translation>打开模型：它的 .convae 文件，或其文件夹中的 bundle.json</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Open a session</source>
        <translation>打开会话</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open in another window</source>
        <translation>在另一个窗口打开</translation>
    </message>
    <message>
        <source>Open jacket</source>
        <translation>敞开外套</translation>
    </message>
    <message>
        <source>Open latent file…</source>
        <translation>打开潜变量文件…</translation>
    </message>
    <message>
        <source>Open picture</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Open session…</source>
        <translation>打开会话…</translation>
    </message>
    <message>
        <source>Open the best weights so far on the Picture page, each time that they were written</source>
        <translation>每当写入迄今最佳权重时，在图片页中打开它们</translation>
    </message>
    <message>
        <source>Open the folder of the run</source>
        <translation>打开运行的文件夹</translation>
    </message>
    <message>
        <source>Open the folder that the file is in</source>
        <translation>打开文件所在的文件夹</translation>
    </message>
    <message>
        <source>Open the folder that was written</source>
        <translation>打开写入的文件夹</translation>
    </message>
    <message>
        <source>Open this picture</source>
        <translation>打开这张图片</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>打开 {name}</translation>
    </message>
    <message>
        <source>OpenVINO cannot open the graph: {reason}</source>
        <translation>OpenVINO 无法打开计算图：{reason}</translation>
    </message>
    <message>
        <source>OpenVINO is not installed; {cure} brings it</source>
        <translation>未安装 OpenVINO；{cure} 可安装它</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Options of the trainer</source>
        <translation>训练程序的选项</translation>
    </message>
    <message>
        <source>Options that differ between these runs</source>
        <translation>这些训练之间不同的选项</translation>
    </message>
    <message>
        <source>Order of the pictures</source>
        <translation>图片顺序</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Original and reconstruction
are compared here</source>
        <translation>原图与重建结果
在此比较</translation>
    </message>
    <message>
        <source>Otherwise you are asked before any file is replaced</source>
        <translation>否则在替换任何文件之前都会询问</translation>
    </message>
    <message>
        <source>Out of memory with --batch-size {count} at {size} pixels</source>
        <translation>使用 --batch-size {count}、{size} 像素时内存不足</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>PCA against a network</source>
        <translation>PCA 与网络的比较</translation>
    </message>
    <message>
        <source>PCA of 8x8 blocks</source>
        <translation>8x8 块的 PCA</translation>
    </message>
    <message>
        <source>PCA of blocks</source>
        <translation>图块的 PCA</translation>
    </message>
    <message>
        <source>PCA of whole pictures</source>
        <translation>整幅图片的 PCA</translation>
    </message>
    <message>
        <source>PCA writes down as many numbers by a matrix, without any training. Compare the two at each size.</source>
        <translation>PCA 用一个矩阵写下同样多的数，无需任何训练。请在每种大小下比较两者。</translation>
    </message>
    <message>
        <source>PCA, without training</source>
        <translation>PCA，无需训练</translation>
    </message>
    <message>
        <source>PDF, for papers</source>
        <translation>PDF，用于论文</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>PNG, 300 dots per inch</source>
        <translation>PNG，每英寸 300 点</translation>
    </message>
    <message>
        <source>PNG, a few per cent smaller, in fifty times the time</source>
        <translation>PNG，小百分之几，耗时五十倍</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>PSNR is {psnr:.2f} dB on average.</source>
        <translation>PSNR 平均为 {psnr:.2f} dB。</translation>
    </message>
    <message>
        <source>PSNR {db} dB</source>
        <translation>PSNR {db} dB</translation>
    </message>
    <message>
        <source>Pack the model into one file, which is easier to send</source>
        <translation>把模型打包成一个文件，便于发送</translation>
    </message>
    <message>
        <source>Pad</source>
        <translation>平板</translation>
    </message>
    <message>
        <source>Pad: arrows move two sliders at once</source>
        <translation>平板：方向键同时移动两个滑块</translation>
    </message>
    <message>
        <source>Paint region</source>
        <translation>绘制区域</translation>
    </message>
    <message>
        <source>Part of a name</source>
        <translation>名称中的一部分</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>粘贴图片</translation>
    </message>
    <message>
        <source>Patch PCA</source>
        <translation>图块主成分</translation>
    </message>
    <message>
        <source>Patch distance</source>
        <translation>图块距离</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Peak signal-to-noise ratio; more is better, and 30 dB and more is good for a photograph</source>
        <translation>峰值信噪比；越大越好，照片达到 30 dB 以上即为良好</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Picture in work</source>
        <translation>正在处理的图片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Pictures (above) and their reconstructions (below) by {model}, which keeps {numbers:,} numbers for a picture of {width} × {height} pixels.</source>
        <translation>图片（上）及其由 {model} 得到的重建（下）；该模型对 {width} × {height} 像素的图片保留 {numbers:,} 个数。</translation>
    </message>
    <message>
        <source>Pictures ({endings});;All files (*)</source>
        <translation>图片 ({endings});;所有文件 (*)</translation>
    </message>
    <message>
        <source>Pictures are still being saved. Close without them?</source>
        <translation>仍在保存图片。不等保存就关闭？</translation>
    </message>
    <message>
        <source>Pictures from files</source>
        <translation>来自文件的图片</translation>
    </message>
    <message>
        <source>Pictures like the latent steered on the Picture page</source>
        <translation>与“图片”页上所调潜变量相似的图片</translation>
    </message>
    <message>
        <source>Pictures of this morph</source>
        <translation>此渐变的图片</translation>
    </message>
    <message>
        <source>Pictures prepared for training</source>
        <translation>为训练准备的图片</translation>
    </message>
    <message>
        <source>Pictures similar to the chosen one, the nearest first</source>
        <translation>与所选图片相似的图片，最近的在前</translation>
    </message>
    <message>
        <source>Pictures that failed</source>
        <translation>失败的图片</translation>
    </message>
    <message>
        <source>Pictures to pick from</source>
        <translation>可供选择的图片</translation>
    </message>
    <message>
        <source>Pictures to try the graphs on</source>
        <translation>用来试用计算图的图片</translation>
    </message>
    <message>
        <source>Pictures unlike the good ones, the most anomalous first</source>
        <translation>与正常图片不同的图片，最异常的在前</translation>
    </message>
    <message>
        <source>Pictures with areas painted over go in, whole ones are the target</source>
        <translation>输入有涂抹区域的图片，目标是完整图片</translation>
    </message>
    <message>
        <source>Pictures with nearly the same latent, up to a distance</source>
        <translation>潜变量在某一距离之内几乎相同的图片</translation>
    </message>
    <message>
        <source>Ping-pong</source>
        <translation>往返</translation>
    </message>
    <message>
        <source>Pixels go from 0, black, to 1, white. A sigmoid at the end of the decoder keeps its values in between; a linear head lets them go beyond, a little darker than black or brighter than white; a clamp cuts those off.</source>
        <translation>像素从 0（黑）到 1（白）。解码器末端的 sigmoid 使值保持在两者之间；线性输出层则允许超出，比黑稍暗或比白稍亮；截断把超出的部分切掉。</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play: sweep from end to end</source>
        <translation>播放：从一端扫到另一端</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Posterior collapse</source>
        <translation>后验坍缩</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>首选项…</translation>
    </message>
    <message>
        <source>Prepared pictures could not be kept in {path} ({reason}); make room there, move the cache with CONVAE_CACHE, or train with --no-cache.</source>
        <translation>无法把准备好的图片保存在 {path}（{reason}）；请在那里腾出空间，用 CONVAE_CACHE 移动缓存，或使用 --no-cache 训练。</translation>
    </message>
    <message>
        <source>Preparing pictures, {done:,} of {total:,}</source>
        <translation>正在准备图片，{done:,}/{total:,}</translation>
    </message>
    <message>
        <source>Press on the picture and drag: what is under the mouse follows, the rest as the model has it</source>
        <translation>在图片上按下并拖动：鼠标下的内容跟随移动，其余部分由模型相应调整</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <source>Principal component analysis, PCA, finds the best linear code: no matrix reconstructs the 8×8 blocks of these pictures better from so few numbers. It takes one decomposition and no training. A network that does no better has learnt nothing that a matrix does not know.</source>
        <translation>主成分分析（PCA）求出最好的线性编码：没有别的矩阵能用同样少的数更好地重建这些图片的 8×8 块。它只需一次分解，无需训练。网络若不比它好，就没有学到矩阵不知道的东西。</translation>
    </message>
    <message>
        <source>Principal components</source>
        <translation>主成分</translation>
    </message>
    <message>
        <source>Principal plane</source>
        <translation>主平面</translation>
    </message>
    <message>
        <source>Principal {number}</source>
        <translation>主成分 {number}</translation>
    </message>
    <message>
        <source>Prior</source>
        <translation>先验</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Progress of the batch</source>
        <translation>批处理进度</translation>
    </message>
    <message>
        <source>Proof of the export</source>
        <translation>导出的验证</translation>
    </message>
    <message>
        <source>Proof of {name}</source>
        <translation>{name} 的验证</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>执行提供程序</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Qt for Python {qt}, onnxruntime {runtime}</source>
        <translation>Qt for Python {qt}，onnxruntime {runtime}</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Quality of lossy files</source>
        <translation>有损文件的质量</translation>
    </message>
    <message>
        <source>Quality of lossy files, 1 to 100</source>
        <translation>有损文件的质量，1 到 100</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Raised</source>
        <translation>扬起</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Random feature maps</source>
        <translation>随机特征图</translation>
    </message>
    <message>
        <source>Random latent</source>
        <translation>随机潜变量</translation>
    </message>
    <message>
        <source>Random latent of seed {seed}</source>
        <translation>种子 {seed} 的随机潜变量</translation>
    </message>
    <message>
        <source>Random latents</source>
        <translation>随机潜变量</translation>
    </message>
    <message>
        <source>Random map</source>
        <translation>随机图</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>压缩比</translation>
    </message>
    <message>
        <source>Raw numbers</source>
        <translation>原始数值</translation>
    </message>
    <message>
        <source>Rear hair</source>
        <translation>后发</translation>
    </message>
    <message>
        <source>Receptive fields</source>
        <translation>感受野</translation>
    </message>
    <message>
        <source>Reconstruct any picture</source>
        <translation>重建任意图片</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>重建</translation>
    </message>
    <message>
        <source>Reconstruction error</source>
        <translation>重建误差</translation>
    </message>
    <message>
        <source>Reconstructions</source>
        <translation>重建图</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Refine latent</source>
        <translation>细化潜变量</translation>
    </message>
    <message>
        <source>Refine the latent so that its reconstruction comes closer to the picture, usually by half a dB or more</source>
        <translation>移动潜变量，使重建结果更接近图片，通常可提高 0.5 dB 或更多</translation>
    </message>
    <message>
        <source>Refining found no better latent; it stays as it is, at {before} dB.</source>
        <translation>细化没有找到更好的潜变量；保持不变，为 {before} dB。</translation>
    </message>
    <message>
        <source>Refining was cancelled; the latent is as it was.</source>
        <translation>细化已取消；潜变量保持原样。</translation>
    </message>
    <message>
        <source>Refining, step {done} of {total}</source>
        <translation>正在细化，第 {done} 步，共 {total} 步</translation>
    </message>
    <message>
        <source>Region: arrows move over the cells, Space marks one</source>
        <translation>区域：方向键在格子间移动，空格标记一格</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove every picture from the morph</source>
        <translation>将所有图片移出渐变</translation>
    </message>
    <message>
        <source>Remove from the morph</source>
        <translation>从渐变中移除</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>移出队列</translation>
    </message>
    <message>
        <source>Remove snapshot</source>
        <translation>移除快照</translation>
    </message>
    <message>
        <source>Remove snapshot {name}</source>
        <translation>移除快照 {name}</translation>
    </message>
    <message>
        <source>Remove the chosen batch from the queue</source>
        <translation>放弃所选的批处理</translation>
    </message>
    <message>
        <source>Remove what can be made again</source>
        <translation>移除可以重新生成的内容</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Rename snapshot {name}</source>
        <translation>重命名快照 {name}</translation>
    </message>
    <message>
        <source>Repair damaged pictures</source>
        <translation>修复受损图片</translation>
    </message>
    <message>
        <source>Repair network</source>
        <translation>修复网络</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复方式</translation>
    </message>
    <message>
        <source>Replace files</source>
        <translation>替换文件</translation>
    </message>
    <message>
        <source>Replace files that exist</source>
        <translation>替换已存在的文件</translation>
    </message>
    <message>
        <source>Replace it with the current picture</source>
        <translation>用当前图片替换</translation>
    </message>
    <message>
        <source>Replace snapshot {name}</source>
        <translation>替换快照 {name}</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Reset sliders</source>
        <translation>重置滑块</translation>
    </message>
    <message>
        <source>Residual blocks</source>
        <translation>残差块</translation>
    </message>
    <message>
        <source>Residual blocks: {value}. A cell reads from a square of {sees_px:.0f} pixels, and half of that comes from {half_px:.0f}. With {reference} of the usual it is {reference_sees_px:.0f} and {reference_half_px:.0f}.</source>
        <translation>残差块：{value}。一个单元格从 {sees_px:.0f} 像素的方形区域读取，其中一半来自 {half_px:.0f} 像素。只有平常的{reference}时是 {reference_sees_px:.0f} 和 {reference_half_px:.0f}。</translation>
    </message>
    <message>
        <source>Residual blocks: {value}. A cell reads from a square of {sees_px:.0f} pixels, and with {reference} of the usual from {reference_sees_px:.0f}: no more.</source>
        <translation>残差块：{value}。一个单元格从 {sees_px:.0f} 像素的方形区域读取，只有平常的{reference}时是 {reference_sees_px:.0f}：并没有更多。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Resume from the last checkpoint</source>
        <translation>从最后的检查点继续</translation>
    </message>
    <message>
        <source>Resume in another folder, and keep runs and prepared pictures there</source>
        <translation>在另一个文件夹中继续，并将运行和预处理的图片保存在那里</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>圆形</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Running on the CPU</source>
        <translation>在 CPU 上运行</translation>
    </message>
    <message>
        <source>Running on {name}</source>
        <translation>在 {name} 上运行</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message numerus="yes">
        <source>Runs with {name}</source>
        <translation>
            <numerusform>运行所用模型：{name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Runs with {name}; the next batch would run with {other}</source>
        <translation>
            <numerusform>运行所用模型：{name}；下一批将使用 {other}</numerusform>
        </translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation>SSIM</translation>
    </message>
    <message>
        <source>SVG, for editing</source>
        <translation>SVG，便于编辑</translation>
    </message>
    <message>
        <source>Sad</source>
        <translation>悲伤</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Sampler, seed and truncation</source>
        <translation>采样器、种子和截断</translation>
    </message>
    <message>
        <source>Save a copy of the model</source>
        <translation>保存模型的副本</translation>
    </message>
    <message>
        <source>Save a figure with its caption, and its numbers as CSV beside it</source>
        <translation>保存带说明文字的图，并在旁边以 CSV 保存其数据</translation>
    </message>
    <message>
        <source>Save as latent file</source>
        <translation>另存为潜变量文件</translation>
    </message>
    <message>
        <source>Save as latent file…</source>
        <translation>另存为潜变量文件…</translation>
    </message>
    <message>
        <source>Save model with thresholds…</source>
        <translation>保存带阈值的模型…</translation>
    </message>
    <message>
        <source>Save morph…</source>
        <translation>保存渐变…</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Save session…</source>
        <translation>保存会话…</translation>
    </message>
    <message>
        <source>Save the decoded picture</source>
        <translation>保存解码的图片</translation>
    </message>
    <message>
        <source>Save the decoded picture at its own size</source>
        <translation>以图片自身的尺寸保存解码图片</translation>
    </message>
    <message>
        <source>Save the film</source>
        <translation>保存影片</translation>
    </message>
    <message>
        <source>Save the morph</source>
        <translation>保存渐变</translation>
    </message>
    <message>
        <source>Save the painted path as a film</source>
        <translation>把所画的路径保存为影片</translation>
    </message>
    <message>
        <source>Save the scores</source>
        <translation>保存分数</translation>
    </message>
    <message>
        <source>Save the session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Save what is seen of the picture, as it is shown</source>
        <translation>按显示的样子保存所见的图片</translation>
    </message>
    <message>
        <source>Save, keep the best weights, and end</source>
        <translation>保存、保留最佳权重并结束</translation>
    </message>
    <message>
        <source>Saved {path}.</source>
        <translation>已保存 {path}。</translation>
    </message>
    <message>
        <source>Saving {name}</source>
        <translation>正在保存 {name}</translation>
    </message>
    <message numerus="yes">
        <source>Saving {name}, and {n:,} more after it</source>
        <translation>
            <numerusform>正在保存 {name}，之后还有 {n:,} 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Saving {name}, frame {done} of {total}</source>
        <translation>正在保存 {name}，第 {done} 帧，共 {total} 帧</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>分数</translation>
    </message>
    <message>
        <source>Score every picture with a detector fitted on the good ones</source>
        <translation>用在正常图片上拟合的检测器为每张图片评分</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>分数</translation>
    </message>
    <message>
        <source>Scoring pictures</source>
        <translation>正在为图片评分</translation>
    </message>
    <message>
        <source>Scroll left</source>
        <translation>向左滚动</translation>
    </message>
    <message>
        <source>Scroll right</source>
        <translation>向右滚动</translation>
    </message>
    <message>
        <source>Search sliders</source>
        <translation>搜索滑块</translation>
    </message>
    <message>
        <source>Search the options</source>
        <translation>搜索选项</translation>
    </message>
    <message>
        <source>See a picture and its reconstruction, and steer its latent</source>
        <translation>查看图片、模型保留了什么，并调节其潜变量</translation>
    </message>
    <message>
        <source>See and steer what a convolutional autoencoder learnt.</source>
        <translation>查看并调节卷积自编码器学到的内容。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Seeds {first} to {last}</source>
        <translation>种子 {first} 至 {last}</translation>
    </message>
    <message>
        <source>Select a picture of a group, or several, that are no duplicates.</source>
        <translation>请选中一组中不是重复的一张或几张图片。</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>取消全部选择</translation>
    </message>
    <message>
        <source>Select pictures, and press Add to more</source>
        <translation>选中图片，然后点“加入‘较多’”</translation>
    </message>
    <message>
        <source>Selected pictures</source>
        <translation>选中的图片</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Sessions (*.json)</source>
        <translation>会话 (*.json)</translation>
    </message>
    <message>
        <source>Set it to what it is in the mean latent, and see what is missing</source>
        <translation>把它设为平均潜变量中的值，看看缺了什么</translation>
    </message>
    <message>
        <source>Settings, recent pictures and the last session are as on the first day</source>
        <translation>设置、最近的图片和上次的会话都回到初始状态</translation>
    </message>
    <message>
        <source>Share as web page…</source>
        <translation>分享为网页…</translation>
    </message>
    <message>
        <source>Shift x</source>
        <translation>水平位置</translation>
    </message>
    <message>
        <source>Shift y</source>
        <translation>垂直位置</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>自带</translation>
    </message>
    <message>
        <source>Shirt</source>
        <translation>衬衫</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Shoulder high</source>
        <translation>齐肩</translation>
    </message>
    <message>
        <source>Show again what a session file holds</source>
        <translation>重新显示会话文件中的内容</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Show it on the Picture page</source>
        <translation>在“图片”页显示</translation>
    </message>
    <message>
        <source>Show layers</source>
        <translation>显示各层</translation>
    </message>
    <message>
        <source>Show near latents</source>
        <translation>显示相近的潜变量</translation>
    </message>
    <message>
        <source>Show or hide the sliders beside the picture</source>
        <translation>在图片旁显示滑块，或把它们收起</translation>
    </message>
    <message>
        <source>Show overview</source>
        <translation>显示概览</translation>
    </message>
    <message>
        <source>Show the new model on the Picture page</source>
        <translation>在图片页显示新模型</translation>
    </message>
    <message>
        <source>Show the pictures nearest to the chosen one</source>
        <translation>显示与所选图片最接近的图片</translation>
    </message>
    <message>
        <source>Show the pictures of the inspected folder that are nearest to the sliders&apos; latent</source>
        <translation>显示所检查文件夹中最接近滑块潜变量的图片</translation>
    </message>
    <message>
        <source>Show the reconstruction at the picture&apos;s own size and place, where the model sees it at another</source>
        <translation>当模型看到的尺寸不同时，按图片自身的大小和位置显示结果</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Side comed</source>
        <translation>侧分</translation>
    </message>
    <message>
        <source>Silent units: {share:.0%}</source>
        <translation>沉默单元：{share:.0%}</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>相似</translation>
    </message>
    <message>
        <source>Similar to the sliders</source>
        <translation>与滑块相似</translation>
    </message>
    <message>
        <source>Similar to the sliders&apos; latent</source>
        <translation>与滑块的潜变量相似</translation>
    </message>
    <message>
        <source>Similar to {name}</source>
        <translation>与 {name} 相似</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Skin</source>
        <translation>肤色</translation>
    </message>
    <message>
        <source>Slider across</source>
        <translation>横向滑块</translation>
    </message>
    <message>
        <source>Slider up</source>
        <translation>纵向滑块</translation>
    </message>
    <message>
        <source>Sliders</source>
        <translation>滑块</translation>
    </message>
    <message>
        <source>Sliders for one kind of picture</source>
        <translation>同一类图片的滑块</translation>
    </message>
    <message>
        <source>Small pictures of what each slider does</source>
        <translation>显示每个滑块作用的小图</translation>
    </message>
    <message>
        <source>Small, and for GPUs</source>
        <translation>小巧，适合 GPU</translation>
    </message>
    <message>
        <source>Smaller still, and for CPUs; the proof says what it costs</source>
        <translation>更小，适合 CPU；验证结果会说明损失多少</translation>
    </message>
    <message>
        <source>Smile</source>
        <translation>微笑</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Smooth slows down at each picture</source>
        <translation>“平滑”会在每张图片处放慢</translation>
    </message>
    <message numerus="yes">
        <source>Snapshot {name}</source>
        <translation>
            <numerusform>快照 {name}</numerusform>
        </translation>
    </message>
    <message>
        <source>Snapshot {name} was removed.</source>
        <translation>已移除快照 {name}。</translation>
    </message>
    <message>
        <source>Snapshot {number}</source>
        <translation>快照 {number}</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Snapshots that you kept, to go back to and to mix</source>
        <translation>保存过的状态，可返回或混合</translation>
    </message>
    <message>
        <source>So few pictures are memorised, not understood. With 20 or more a map can be trained on squares.</source>
        <translation>图片太少只会被记住，而非被理解。有 20 张以上即可用方块训练特征图。</translation>
    </message>
    <message>
        <source>So the learning rate begins near 0 and rises over the first steps: the warm-up. Without one, the first steps at a high rate throw the weights far away, the loss jumps, and units may be lost for good. Look at the beginning of the curves.</source>
        <translation>因此学习率从接近 0 开始，在最初若干步内上升，这就是预热。没有预热，最初几步的高学习率会把权重抛得很远，损失跳升，有些单元可能永远失去。请看曲线的开头。</translation>
    </message>
    <message>
        <source>Soft edge</source>
        <translation>柔边</translation>
    </message>
    <message>
        <source>Solo</source>
        <translation>独奏</translation>
    </message>
    <message>
        <source>Solo: the others do not act</source>
        <translation>独奏：其他滑块不起作用</translation>
    </message>
    <message>
        <source>Some of the snapshots were not restored: they do not fit this model.</source>
        <translation>部分快照未能恢复：它们与此模型不符。</translation>
    </message>
    <message>
        <source>Something needs fixing</source>
        <translation>有需要修复之处</translation>
    </message>
    <message>
        <source>Something needs fixing; see the lines marked BAD.</source>
        <translation>有需要修复之处；请看标有 BAD 的行。</translation>
    </message>
    <message>
        <source>Something went wrong inside the program: {error}</source>
        <translation>程序内部出错：{error}</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空间</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>本机速度</translation>
    </message>
    <message>
        <source>Sphere</source>
        <translation>球面</translation>
    </message>
    <message>
        <source>Spiky</source>
        <translation>刺猬头</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>Spots</source>
        <translation>斑点</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>方形</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Start from the gallery</source>
        <translation>从图库开始</translation>
    </message>
    <message>
        <source>Start from the latent as it is</source>
        <translation>以当前潜变量为起点</translation>
    </message>
    <message>
        <source>Start from the mean latent</source>
        <translation>从平均潜变量开始</translation>
    </message>
    <message>
        <source>Start from the picture</source>
        <translation>从图片开始</translation>
    </message>
    <message>
        <source>Start the batch</source>
        <translation>开始批处理</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Steered</source>
        <translation>已调节</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Steps: choose one to go back or forward to it</source>
        <translation>步骤：选择一步即回到或前进到那里</translation>
    </message>
    <message>
        <source>Stop early</source>
        <translation>提前停止</translation>
    </message>
    <message>
        <source>Stop saving</source>
        <translation>停止保存</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Stopped before its end, as you asked.</source>
        <translation>已按你的要求提前停止。</translation>
    </message>
    <message>
        <source>Structural similarity, at most 1; measured once the sliders rest</source>
        <translation>结构相似度，最大为 1；滑块停下后测量</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Switch every unit on again</source>
        <translation>重新打开所有单元</translation>
    </message>
    <message>
        <source>Switch the cell off</source>
        <translation>关闭这个单元格</translation>
    </message>
    <message>
        <source>T shirt</source>
        <translation>T 恤</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Take a folder of pictures through the model</source>
        <translation>让整个文件夹的图片通过模型</translation>
    </message>
    <message>
        <source>Take every picture of the folder through the model</source>
        <translation>让文件夹中的每张图片通过模型</translation>
    </message>
    <message>
        <source>Take it out of the queue</source>
        <translation>从队列中移除</translation>
    </message>
    <message>
        <source>Takes about {time} on two cores.</source>
        <translation>在双核上大约需要 {time}。</translation>
    </message>
    <message>
        <source>Ten short experiments that show how networks learn</source>
        <translation>十个小实验，展示网络如何学习</translation>
    </message>
    <message>
        <source>The best held-out PSNR, {psnr:.2f} dB, was reached at step {step:,}.</source>
        <translation>最佳留出集 PSNR 为 {psnr:.2f} dB，在第 {step:,} 步达到。</translation>
    </message>
    <message>
        <source>The command failed.</source>
        <translation>命令失败。</translation>
    </message>
    <message>
        <source>The command is on the clipboard.</source>
        <translation>命令已在剪贴板上。</translation>
    </message>
    <message>
        <source>The command that does the same in a terminal</source>
        <translation>在终端中完成同样操作的命令</translation>
    </message>
    <message>
        <source>The cure is a smaller weight, or a few free bits for each number (--free-bits). Another seed tells whether what you see is more than chance.</source>
        <translation>解决办法是更小的权重，或给每个数一些自由比特（--free-bits）。换一个种子就能知道所见是否只是偶然。</translation>
    </message>
    <message>
        <source>The damaged pictures have {damaged:.1f} dB, and what the network makes of them {repaired:.1f} dB. From whole pictures it would give {whole:.1f} dB.</source>
        <translation>损坏的图片为 {damaged:.1f} dB，经网络处理后为 {repaired:.1f} dB。若输入完好的图片，则为 {whole:.1f} dB。</translation>
    </message>
    <message>
        <source>The decoded picture is on the clipboard.</source>
        <translation>解码的图片已在剪贴板上。</translation>
    </message>
    <message>
        <source>The disk is full, or cannot be written to.</source>
        <translation>磁盘已满，或无法写入。</translation>
    </message>
    <message>
        <source>The examination failed: {reason}</source>
        <translation>检查失败：{reason}</translation>
    </message>
    <message>
        <source>The export failed.</source>
        <translation>导出失败。</translation>
    </message>
    <message numerus="yes">
        <source>The first {most} of {n:,} pictures were added.</source>
        <translation>
            <numerusform>已加入 {n:,} 张图片中的前 {most} 张。</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder is being indexed and may change; try again once that is done.</source>
        <translation>文件夹正在建立索引，内容可能改变；请在完成后再试。</translation>
    </message>
    <message>
        <source>The folder of good pictures, on which the detector of anomalies is fitted</source>
        <translation>正常图片文件夹，异常检测器用它拟合</translation>
    </message>
    <message>
        <source>The good pictures are aligned, so that places count.</source>
        <translation>正常图片彼此对齐，因此位置有意义。</translation>
    </message>
    <message>
        <source>The good pictures are not aligned, so that places do not count.</source>
        <translation>正常图片未对齐，因此位置不计。</translation>
    </message>
    <message>
        <source>The graphs give no layers as they are. They are written once more with them, which takes seconds.</source>
        <translation>计算图本身不输出各层。将带上各层再写一次，需要几秒钟。</translation>
    </message>
    <message>
        <source>The held-out loss was never a number: the training diverged. Train again with {remedy}; no weights were kept</source>
        <translation>留出集损失从未是有效数字：训练发散了。请用{remedy}重新训练；没有保留权重</translation>
    </message>
    <message>
        <source>The installation failed: {line}</source>
        <translation>安装失败：{line}</translation>
    </message>
    <message>
        <source>The layers of the {side} do not run: {reason}.</source>
        <translation>{side} 的各层无法运行：{reason}。</translation>
    </message>
    <message>
        <source>The lesson did not come to its end: {reason}</source>
        <translation>课程没有完成：{reason}</translation>
    </message>
    <message>
        <source>The loss was not usable in {count} steps in a row (it is {loss:g} at step {step}). Train again with {remedy}</source>
        <translation>损失连续 {count} 步无法使用（第 {step} 步为 {loss:g}）。请用{remedy}重新训练</translation>
    </message>
    <message>
        <source>The mean latent of the training set (Ctrl+M)</source>
        <translation>训练集的平均潜变量（Ctrl+M）</translation>
    </message>
    <message>
        <source>The middle of the picture</source>
        <translation>图片的中间部分</translation>
    </message>
    <message>
        <source>The model gave a picture of one colour, which is no sign that it works.</source>
        <translation>模型给出了单色图片，这不能说明它正常工作。</translation>
    </message>
    <message>
        <source>The model {name} is open.</source>
        <translation>模型 {name} 已打开。</translation>
    </message>
    <message>
        <source>The model {path} is no longer there.</source>
        <translation>模型 {path} 已不存在。</translation>
    </message>
    <message>
        <source>The most unlikely cell of the latent, by its Mahalanobis distance</source>
        <translation>潜变量中按马氏距离最不可能的单元</translation>
    </message>
    <message>
        <source>The network could not be compiled ({reason}); leave --compile out.</source>
        <translation>无法编译网络（{reason}）；请去掉 --compile。</translation>
    </message>
    <message>
        <source>The network may bend its code, and its cells see beyond their own block. But it has to find out how, step by step: short trainings lose against PCA. See how long this one needs to get past it.</source>
        <translation>网络的编码可以弯曲，它的单元格也能看到自己的块之外。但怎么做要靠一步步摸索：训练太短会输给 PCA。看看这个网络需要多久才能超过它。</translation>
    </message>
    <message>
        <source>The newest first</source>
        <translation>最新的在前</translation>
    </message>
    <message>
        <source>The output cannot be written ({reason}).</source>
        <translation>无法写入输出（{reason}）。</translation>
    </message>
    <message>
        <source>The packages of a training cannot be loaded.</source>
        <translation>训练所需的软件包无法加载。</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>The picture after this one in the strip</source>
        <translation>图片条中的下一张图片</translation>
    </message>
    <message>
        <source>The picture as the model gives it back</source>
        <translation>模型给回的图片</translation>
    </message>
    <message>
        <source>The picture before this one in the strip</source>
        <translation>图片条中的上一张图片</translation>
    </message>
    <message>
        <source>The picture can be dragged out now.</source>
        <translation>现在可以将图片拖出了。</translation>
    </message>
    <message>
        <source>The picture on the Picture page, as it is steered</source>
        <translation>“图片”页所示的图片，连同其调节</translation>
    </message>
    <message>
        <source>The picture&apos;s latent, an .npz file with one array, latent</source>
        <translation>图片的潜变量，一个 .npz 文件，含数组 latent</translation>
    </message>
    <message>
        <source>The picture&apos;s own latent (Ctrl+Home)</source>
        <translation>图片自身的潜变量（Ctrl+Home）</translation>
    </message>
    <message>
        <source>The picture&apos;s own size</source>
        <translation>图片自身的大小</translation>
    </message>
    <message>
        <source>The pictures are being encoded. This view is there once that is done.</source>
        <translation>正在编码图片；完成后即可使用此视图。</translation>
    </message>
    <message>
        <source>The pictures are being laid out on a map.</source>
        <translation>正在把图片排布到地图上。</translation>
    </message>
    <message>
        <source>The pictures are missing, or cannot be used.</source>
        <translation>图片缺失或无法使用。</translation>
    </message>
    <message>
        <source>The pictures show how much each pixel of a noise picture moves the cell in the middle, white being most. The deeper network reads from a larger square, but half of what it reads still comes from a small one around its middle. Model, X-ray shows the same for any model.</source>
        <translation>图中显示噪声图片的每个像素对中央单元格的影响有多大，白色最大。更深的网络从更大的方形区域读取，但其中一半仍来自中央的一小块。“模型”菜单中的“X 光”可对任何模型显示同样的内容。</translation>
    </message>
    <message>
        <source>The principal plane is there at once; t-SNE and UMAP keep neighbours together</source>
        <translation>主平面立即可得；t-SNE 和 UMAP 让相近的图片聚在一起</translation>
    </message>
    <message>
        <source>The program starts</source>
        <translation>程序启动时</translation>
    </message>
    <message>
        <source>The queue is full: it has {count} trainings.</source>
        <translation>队列已满：已有 {count} 个训练。</translation>
    </message>
    <message>
        <source>The refined latent gives {after} dB in place of {before} dB.</source>
        <translation>细化后的潜变量为 {after} dB，原为 {before} dB。</translation>
    </message>
    <message>
        <source>The rows: held-out pictures, the same damaged, and what the network makes of those.</source>
        <translation>各行依次为：留出的图片、同样的图片经损坏后、网络对它们的处理结果。</translation>
    </message>
    <message>
        <source>The rows: originals, what the network gives, and the same values stretched.</source>
        <translation>各行依次为：原图、网络给出的结果、同样的值拉伸后。</translation>
    </message>
    <message>
        <source>The run folder {folder} could not be made ({reason}); choose another --out.</source>
        <translation>无法创建运行文件夹 {folder}（{reason}）；请选择另一个 --out。</translation>
    </message>
    <message>
        <source>The run that is chosen in the list</source>
        <translation>列表中所选的运行</translation>
    </message>
    <message>
        <source>The same picture, even if turned, mirrored, cropped, resized, compressed again or brightened</source>
        <translation>同一张图片，即使经过旋转、镜像、裁剪、缩放、重新压缩或调亮</translation>
    </message>
    <message>
        <source>The same seed always draws the same latent; type one and press Enter</source>
        <translation>同一种子总是抽取同一潜变量；输入后按回车</translation>
    </message>
    <message>
        <source>The selected pictures are anomalies: the detector learns from it</source>
        <translation>选中的图片是异常：检测器会从中学习</translation>
    </message>
    <message>
        <source>The selected pictures are good: the detector learns from it</source>
        <translation>选中的图片是正常的：检测器会从中学习</translation>
    </message>
    <message>
        <source>The settings are not kept: {path} cannot be written ({why}).</source>
        <translation>设置没有保存：无法写入 {path}（{why}）。</translation>
    </message>
    <message>
        <source>The share of good pictures that are taken for anomalies</source>
        <translation>被误判为异常的正常图片比例</translation>
    </message>
    <message>
        <source>The sliders were not restored: {why}.</source>
        <translation>滑块未能恢复：{why}。</translation>
    </message>
    <message>
        <source>The sliders with a star alone</source>
        <translation>只显示带星的滑块</translation>
    </message>
    <message>
        <source>The sliders&apos; latent</source>
        <translation>滑块的潜变量</translation>
    </message>
    <message>
        <source>The trainer did not say what it sees.</source>
        <translation>训练程序没有说明它看到了什么。</translation>
    </message>
    <message>
        <source>The trainer looks at the pictures and chooses what suits them</source>
        <translation>训练程序查看图片并选择合适的设置</translation>
    </message>
    <message>
        <source>The trainer looks at the pictures as a training would, and prepares them on the way.</source>
        <translation>训练程序会像训练时一样查看图片，并同时完成预处理。</translation>
    </message>
    <message>
        <source>The trainer looks at the pictures…</source>
        <translation>训练程序正在查看图片…</translation>
    </message>
    <message>
        <source>The training diverged: its loss grew beyond all bounds.</source>
        <translation>训练发散：损失无限增大。</translation>
    </message>
    <message>
        <source>The training ends after so many minutes, preparing included</source>
        <translation>训练在这么多分钟后结束，含准备时间</translation>
    </message>
    <message>
        <source>The training failed.</source>
        <translation>训练失败。</translation>
    </message>
    <message>
        <source>The training was interrupted; it can be resumed from its last checkpoint.</source>
        <translation>训练被中断；可以从最后的检查点继续。</translation>
    </message>
    <message>
        <source>The two snapshots are of pictures of different sizes.</source>
        <translation>两个快照的图片尺寸不同。</translation>
    </message>
    <message>
        <source>The veil</source>
        <translation>一层纱</translation>
    </message>
    <message>
        <source>The view is on the clipboard.</source>
        <translation>视图已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>整张图片</translation>
    </message>
    <message>
        <source>The worst PSNR first</source>
        <translation>PSNR 最差的在前</translation>
    </message>
    <message>
        <source>The worst spot of the reconstruction, over windows of 1 to 15 pixels</source>
        <translation>重建图片中最差的一处，窗口为 1 到 15 像素</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>跟随系统主题</translation>
    </message>
    <message>
        <source>There are no anomalies to move: find them first, or choose a larger false-alarm rate.</source>
        <translation>没有可移动的异常图片：请先查找异常，或选择更大的误报率。</translation>
    </message>
    <message>
        <source>There are no duplicates to move, or which one is the best is not known yet.</source>
        <translation>没有可移动的重复图片，或尚不知道哪一张最佳。</translation>
    </message>
    <message>
        <source>There are no scores yet: find the anomalies first.</source>
        <translation>还没有分数：请先查找异常。</translation>
    </message>
    <message>
        <source>There is neither a model nor a picture in {path}.</source>
        <translation>{path} 中既没有模型也没有图片。</translation>
    </message>
    <message>
        <source>There is no folder {path}; --data takes a folder of pictures, or .tar shards.</source>
        <translation>没有文件夹 {path}；--data 需要一个图片文件夹或 .tar 分片。</translation>
    </message>
    <message>
        <source>There is no latent yet: open a picture first.</source>
        <translation>还没有潜变量：请先打开一张图片。</translation>
    </message>
    <message>
        <source>There is no map of this folder.</source>
        <translation>此文件夹还没有地图。</translation>
    </message>
    <message>
        <source>There is no model to look at.</source>
        <translation>没有可查看的模型。</translation>
    </message>
    <message>
        <source>There is no model to show pictures with</source>
        <translation>没有可用来显示图片的模型</translation>
    </message>
    <message>
        <source>There is no model yet to make a morph with: drop a model folder.</source>
        <translation>还没有可用来制作渐变的模型：请拖入模型文件夹。</translation>
    </message>
    <message>
        <source>There is no model yet to reconstruct a picture with: drop a model folder on this window.</source>
        <translation>还没有可用来重建图片的模型：请把模型文件夹拖到此窗口。</translation>
    </message>
    <message>
        <source>There is no picture in that folder.</source>
        <translation>该文件夹中没有图片。</translation>
    </message>
    <message>
        <source>There is no picture in that, nor a file of this computer.</source>
        <translation>其中没有图片，也没有本机上的文件。</translation>
    </message>
    <message>
        <source>There is no picture in this folder that can be read.</source>
        <translation>此文件夹中没有可读取的图片。</translation>
    </message>
    <message>
        <source>There is no picture in {path}.</source>
        <translation>{path} 中没有图片。</translation>
    </message>
    <message>
        <source>There is no picture yet to copy as Python.</source>
        <translation>还没有可复制为 Python 代码的图片。</translation>
    </message>
    <message>
        <source>There is no picture yet to refine the latent of; open one.</source>
        <translation>还没有可细化潜变量的图片；请先打开一张。</translation>
    </message>
    <message>
        <source>There is no shard {path} and {count} more; --data takes a folder of pictures, or .tar shards.</source>
        <translation>没有分片 {path} 和另外 {count} 个；--data 需要一个图片文件夹或 .tar 分片。</translation>
    </message>
    <message>
        <source>There is no shard {path}; --data takes a folder of pictures, or .tar shards.</source>
        <translation>没有分片 {path}；--data 需要一个图片文件夹或 .tar 分片。</translation>
    </message>
    <message>
        <source>There is nothing yet to make a figure of.</source>
        <translation>还没有可以制图的内容。</translation>
    </message>
    <message>
        <source>There was too little memory.</source>
        <translation>内存不足。</translation>
    </message>
    <message>
        <source>These have less of what a new slider is to change</source>
        <translation>这些图片中新滑块所改变的特征较少</translation>
    </message>
    <message>
        <source>These have more of what a new slider is to change</source>
        <translation>这些图片中新滑块所改变的特征较多</translation>
    </message>
    <message>
        <source>These latents are not of this model: they have another shape.</source>
        <translation>这些潜在编码不属于此模型：它们的形状不同。</translation>
    </message>
    <message>
        <source>This damage is too little for so short a training: the damaged pictures have {damaged:.1f} dB, and what the network makes of them {repaired:.1f} dB.</source>
        <translation>对这么短的训练来说，这种损坏太轻：损坏的图片为 {damaged:.1f} dB，经网络处理后为 {repaired:.1f} dB。</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>这台机器</translation>
    </message>
    <message>
        <source>This model has no components along which its latents vary.</source>
        <translation>此模型没有潜变量随之变化的成分。</translation>
    </message>
    <message>
        <source>This model has no layers with units that could be shown.</source>
        <translation>这个模型没有可以显示单元的层。</translation>
    </message>
    <message>
        <source>This model knows drawn faces; {name} reconstructs this with {db} dB.</source>
        <translation>此模型只熟悉手绘人脸；{name} 重建这张图片可达 {db} dB。</translation>
    </message>
    <message>
        <source>This model knows pictures like those of {folder}; {name} reconstructs this with {db} dB.</source>
        <translation>此模型熟悉的是 {folder} 中那样的图片；{name} 重建这张图片可达 {db} dB。</translation>
    </message>
    <message>
        <source>This pixel moves {moved:,} of {all:,} cells. The cell in row {row}, column {column} reads from {reads_height} × {reads_width} pixels, half of it from {half} × {half}, and paints {height} × {width}.</source>
        <translation>该像素影响 {all:,} 个单元格中的 {moved:,} 个。第 {row} 行第 {column} 列的单元格从 {reads_height} × {reads_width} 像素读取，其中一半来自 {half} × {half} 像素，画出 {height} × {width} 像素。</translation>
    </message>
    <message>
        <source>This pixel moves {moved:,} of {all:,} numbers. Number {number} reads from {reads_height} × {reads_width} pixels and paints {height} × {width}.</source>
        <translation>该像素影响 {all:,} 个数中的 {moved:,} 个。第 {number} 个数从 {reads_height} × {reads_width} 像素读取，画出 {height} × {width} 像素。</translation>
    </message>
    <message>
        <source>This time both are about as far from the latents of pictures: uniform numbers {uniform:.2f}, the fitted sampler {fitted:.2f}.</source>
        <translation>这一次两者离图片的潜变量差不多远：均匀随机数 {uniform:.2f}，拟合的采样器 {fitted:.2f}。</translation>
    </message>
    <message>
        <source>This time {value} numbers ({psnr:.1f} dB) did as well as {reference} ({reference_psnr:.1f} dB): so short a training does not fill the larger latent.</source>
        <translation>这一次 {value} 个数（{psnr:.1f} dB）与 {reference} 个数（{reference_psnr:.1f} dB）一样好：这么短的训练填不满较大的潜变量。</translation>
    </message>
    <message>
        <source>Tiles: {counts}</source>
        <translation>图块：{counts}</translation>
    </message>
    <message>
        <source>Tilt</source>
        <translation>倾斜</translation>
    </message>
    <message>
        <source>To</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>To either end</source>
        <translation>到任一端</translation>
    </message>
    <message>
        <source>To fix</source>
        <translation>修复办法</translation>
    </message>
    <message>
        <source>Too high a learning rate</source>
        <translation>学习率过高</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Train a model on your own pictures, watch it learn, and open it</source>
        <translation>用自己的图片训练模型，观察学习过程，并打开它</translation>
    </message>
    <message>
        <source>Train again</source>
        <translation>重新训练</translation>
    </message>
    <message>
        <source>Train again with smaller batches, or smaller pictures</source>
        <translation>以更小的批次或更小的图片重新训练</translation>
    </message>
    <message>
        <source>Train again with the learning rate that the trainer advises</source>
        <translation>以训练程序建议的学习率重新训练</translation>
    </message>
    <message>
        <source>Train again with the same options</source>
        <translation>以相同的选项重新训练</translation>
    </message>
    <message>
        <source>Train it now and measure</source>
        <translation>现在训练并测量</translation>
    </message>
    <message>
        <source>Train on another folder, or say where the pictures are now</source>
        <translation>在另一个文件夹上训练，或指明图片现在的位置</translation>
    </message>
    <message>
        <source>Train on the built-in characters for three minutes</source>
        <translation>用内置人物训练三分钟</translation>
    </message>
    <message>
        <source>Train on your own pictures</source>
        <translation>用自己的图片训练</translation>
    </message>
    <message>
        <source>Train with a lower rate</source>
        <translation>降低学习率训练</translation>
    </message>
    <message>
        <source>Train with less memory</source>
        <translation>减少内存后训练</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Training needs {names} (several GB): {command}</source>
        <translation>训练需要 {names}（数 GB）：{command}</translation>
    </message>
    <message>
        <source>Training needs {names}: about {gigabytes} GB.</source>
        <translation>训练需要 {names}：约 {gigabytes} GB。</translation>
    </message>
    <message numerus="yes">
        <source>Training of {run}: {n:,} steps, the last with a loss of {loss:.4g}.</source>
        <translation>
            <numerusform>{run} 的训练：{n:,} 步，最后一步的损失为 {loss:.4g}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Training picture {number}</source>
        <translation>训练图片 {number}</translation>
    </message>
    <message>
        <source>Training pictures</source>
        <translation>训练图片</translation>
    </message>
    <message>
        <source>Training pictures to start from</source>
        <translation>可作为起点的训练图片</translation>
    </message>
    <message>
        <source>Training, {done:,} steps so far</source>
        <translation>正在训练，已完成 {done:,} 步</translation>
    </message>
    <message>
        <source>Traversals of {model}. Each row moves one of its {group} from -{farthest:g} to {farthest:g} standard deviations of the training set. Below each picture: the mean difference from the start, in levels of 255.</source>
        <translation>{model} 的遍历。每一行把一个{group}从 -{farthest:g} 移到 {farthest:g} 个训练集标准差。每幅图片下方：与起点的平均差异，以 255 级计。</translation>
    </message>
    <message>
        <source>Trial decode</source>
        <translation>试解码</translation>
    </message>
    <message>
        <source>Truncation</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>Try it with the built-in characters</source>
        <translation>用内置人物试一试</translation>
    </message>
    <message>
        <source>Try the characters</source>
        <translation>试用内置人物</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>转头</translation>
    </message>
    <message>
        <source>Turtle neck</source>
        <translation>高领</translation>
    </message>
    <message>
        <source>Twelve others</source>
        <translation>换十二个</translation>
    </message>
    <message>
        <source>Two pictures make a morph</source>
        <translation>两张图片即可渐变</translation>
    </message>
    <message>
        <source>Two sliders of your choice as a plane to move in</source>
        <translation>任选两个滑块组成一个可移动的平面</translation>
    </message>
    <message>
        <source>Type a seed</source>
        <translation>输入种子</translation>
    </message>
    <message>
        <source>Undercut</source>
        <translation>两侧剃短</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo the last move, verdict, or pair told apart</source>
        <translation>撤销上一次移动、判断或“不是重复”</translation>
    </message>
    <message>
        <source>Undo what this message is about</source>
        <translation>撤销此消息所述的操作</translation>
    </message>
    <message>
        <source>Uneven light</source>
        <translation>光照不均</translation>
    </message>
    <message>
        <source>Unfamiliar: farther from the mean latent than every training picture.</source>
        <translation>陌生：比所有训练图片离平均潜变量都更远。</translation>
    </message>
    <message>
        <source>Uniform random numbers are at a distance of {uniform:.2f} from the latents of pictures, those of the fitted sampler at {fitted:.2f}.</source>
        <translation>均匀随机数与图片潜变量的距离为 {uniform:.2f}，拟合的采样器为 {fitted:.2f}。</translation>
    </message>
    <message>
        <source>Units that fired for no picture of a batch, layer by layer; the figure is the worst layer&apos;s</source>
        <translation>一批图片中从未激活的单元，逐层显示；数字为最严重一层的比例</translation>
    </message>
    <message>
        <source>Units: arrows move among them, Return switches one off</source>
        <translation>单元：方向键在其间移动，回车键关闭一个</translation>
    </message>
    <message>
        <source>Unusual: farther from the mean latent than {percent} % of the training pictures.</source>
        <translation>少见：比 {percent} % 的训练图片离平均潜变量更远。</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>使用这个模型</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>改用 {name}</translation>
    </message>
    <message>
        <source>VGG13 with a sigmoid at the end</source>
        <translation>末端为 sigmoid 的 VGG13</translation>
    </message>
    <message>
        <source>Variational: random latents look like pictures</source>
        <translation>变分：随机潜变量看起来像图片</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Wait after this step, or resume</source>
        <translation>在此步后等待，或继续</translation>
    </message>
    <message>
        <source>Wait, or resume</source>
        <translation>等待或继续</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Warm-up: {value}. It made no difference here: the training ends with {psnr:.1f} dB, and with {reference} {reference_psnr:.1f} dB.</source>
        <translation>预热：{value}。在这里没有区别：最终为 {psnr:.1f} dB，预热 {reference} 时为 {reference_psnr:.1f} dB。</translation>
    </message>
    <message>
        <source>Warm-up: {value}. The loss rises to {highest:.2f} and the training ends with {psnr:.1f} dB. With {reference} it is {reference_highest:.2f} and {reference_psnr:.1f} dB.</source>
        <translation>预热：{value}。损失升到 {highest:.2f}，最终为 {psnr:.1f} dB。预热 {reference} 时是 {reference_highest:.2f} 和 {reference_psnr:.1f} dB。</translation>
    </message>
    <message>
        <source>WebP, every pixel kept</source>
        <translation>WebP，保留每个像素</translation>
    </message>
    <message>
        <source>WebP, lossy</source>
        <translation>WebP，有损</translation>
    </message>
    <message>
        <source>Weight of KL</source>
        <translation>KL 的权重</translation>
    </message>
    <message>
        <source>Welcome. Drop a picture on this window to see what the model keeps of it, then move a slider to change it. F1 lists every shortcut.</source>
        <translation>欢迎。把图片拖到此窗口，看看模型保留了什么，再移动滑块改变它。按 F1 查看所有快捷键。</translation>
    </message>
    <message>
        <source>What a bottleneck keeps</source>
        <translation>瓶颈保留了什么</translation>
    </message>
    <message>
        <source>What a pixel moves, where a latent cell reads from, and what it paints</source>
        <translation>一个像素影响什么，潜变量的一个单元格从哪里读取，又画出什么</translation>
    </message>
    <message>
        <source>What each unit of the layer gives, from black to white.</source>
        <translation>该层每个单元的输出，由黑到白。</translation>
    </message>
    <message>
        <source>What follows the last picture</source>
        <translation>最后一张图片之后是什么</translation>
    </message>
    <message>
        <source>What is the model for?</source>
        <translation>模型用来做什么？</translation>
    </message>
    <message>
        <source>What random latents are drawn from</source>
        <translation>随机潜变量从何处抽取</translation>
    </message>
    <message>
        <source>What the cell paints.</source>
        <translation>单元格画出什么。</translation>
    </message>
    <message>
        <source>What the keyboard can do</source>
        <translation>键盘能做什么</translation>
    </message>
    <message>
        <source>What the latent is made of, as the network counts it</source>
        <translation>潜变量本身的各个数，按网络的计法</translation>
    </message>
    <message>
        <source>What the network will see</source>
        <translation>网络将看到的内容</translation>
    </message>
    <message>
        <source>What the network will see of the pictures</source>
        <translation>网络将看到的图片内容</translation>
    </message>
    <message>
        <source>What they differ in</source>
        <translation>它们的差异在哪里</translation>
    </message>
    <message>
        <source>What this machine can compute with, and what to type to fix it</source>
        <translation>这台机器用什么计算，以及输入什么来修复</translation>
    </message>
    <message>
        <source>What to train for, a first try, and the newest runs</source>
        <translation>训练目的、初次尝试和最新的运行</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Wheel: zoom · right button: move · Shift: lasso</source>
        <translation>滚轮缩放 · 右键移动 · Shift 套索</translation>
    </message>
    <message>
        <source>Where it is anomalous</source>
        <translation>异常之处</translation>
    </message>
    <message>
        <source>Where nodes ran with one picture that was watched. Encoder: {encoder}. Decoder: {decoder}.</source>
        <translation>观察一张图片得出的节点运行位置。编码器：{encoder}。解码器：{decoder}。</translation>
    </message>
    <message>
        <source>Where the cell reads from. Click a pixel, or go to it with the arrow keys.</source>
        <translation>单元格从哪里读取。单击一个像素，或用方向键移到它。</translation>
    </message>
    <message>
        <source>Where the model runs</source>
        <translation>模型在哪里运行</translation>
    </message>
    <message>
        <source>Which cells the pixel moves. Click one to look at it.</source>
        <translation>该像素影响哪些单元格。单击其中一个来查看。</translation>
    </message>
    <message>
        <source>Which picture of the file is shown</source>
        <translation>显示文件中的哪张图片</translation>
    </message>
    <message>
        <source>Which sliders to show</source>
        <translation>显示哪些滑块</translation>
    </message>
    <message>
        <source>Why it stands here</source>
        <translation>列在此处的原因</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>睁大</translation>
    </message>
    <message>
        <source>Wink</source>
        <translation>眨眼</translation>
    </message>
    <message>
        <source>With 8 numbers for each block, after {value} steps: PCA {pca:.2f} dB, the network {psnr:.2f} dB. It has got past the matrix.</source>
        <translation>每块 8 个数，{value} 步之后：PCA {pca:.2f} dB，网络 {psnr:.2f} dB。网络超过了矩阵。</translation>
    </message>
    <message>
        <source>With 8 numbers for each block, after {value} steps: PCA {pca:.2f} dB, the network {psnr:.2f} dB. It needs more steps to get past the matrix.</source>
        <translation>每块 8 个数，{value} 步之后：PCA {pca:.2f} dB，网络 {psnr:.2f} dB。要超过矩阵还需要更多步。</translation>
    </message>
    <message>
        <source>With a bottleneck of {value} numbers the reconstructions have {psnr:.1f} dB, with {reference} {reference_psnr:.1f} dB.</source>
        <translation>瓶颈为 {value} 个数时重建为 {psnr:.1f} dB，为 {reference} 个数时是 {reference_psnr:.1f} dB。</translation>
    </message>
    <message>
        <source>With a weight of {value}, {active:.0f} of 16 numbers are in use and the reconstructions have {psnr:.1f} dB; with {reference} it is {reference_active:.0f} numbers and {reference_psnr:.1f} dB.</source>
        <translation>权重为 {value} 时，16 个数中有 {active:.0f} 个在使用，重建为 {psnr:.1f} dB；权重为 {reference} 时是 {reference_active:.0f} 个和 {reference_psnr:.1f} dB。</translation>
    </message>
    <message>
        <source>With few numbers it keeps what pays most in squared error: what is large, such as how light the background is. Eyes and mouths are small, so they come last. See which colours are left in the second picture.</source>
        <translation>数很少时，它保留对平方误差最有利的内容，也就是面积大的部分，例如背景的明暗。眼睛和嘴很小，排在最后。看看第二张图里还剩下哪些颜色。</translation>
    </message>
    <message>
        <source>With the first model</source>
        <translation>打开第一个模型</translation>
    </message>
    <message>
        <source>With the last session</source>
        <translation>恢复上次会话</translation>
    </message>
    <message>
        <source>Without the model: mean squared difference from the good pictures&apos; mean</source>
        <translation>不用模型：与正常图片平均值的均方差</translation>
    </message>
    <message>
        <source>Without the model: much more or less fine detail than in good pictures, as by blur or noise</source>
        <translation>不用模型：细节远多于或远少于正常图片，例如模糊或噪声</translation>
    </message>
    <message>
        <source>Without the model: slow changes of light and colour across the picture, unlike those of good pictures</source>
        <translation>不用模型：画面中缓慢的明暗与颜色变化，与正常图片不同</translation>
    </message>
    <message>
        <source>Without the model: the most unlikely patch, by its Mahalanobis distance</source>
        <translation>不用模型：按马氏距离最不可能的图块</translation>
    </message>
    <message>
        <source>Without the model: the patch that 16 principal components of good patches reconstruct worst</source>
        <translation>不用模型：用正常图块的 16 个主成分重建得最差的图块</translation>
    </message>
    <message>
        <source>Without the model: the worst spot of the difference from the good pictures&apos; mean</source>
        <translation>不用模型：与合格图片均值之差最严重的一处</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Worst cell</source>
        <translation>最差的单元</translation>
    </message>
    <message>
        <source>Worst spot</source>
        <translation>最差之处</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写出</translation>
    </message>
    <message>
        <source>Write a page that runs this model in anyone&apos;s browser</source>
        <translation>生成一个网页，任何人都可以在浏览器中运行此模型</translation>
    </message>
    <message>
        <source>Write every picture&apos;s scores</source>
        <translation>写出每张图片的分数</translation>
    </message>
    <message>
        <source>Write the graphs once more, with layers</source>
        <translation>再写一次计算图，并带上各层</translation>
    </message>
    <message>
        <source>Write the picture&apos;s latent as a file that this model can open</source>
        <translation>把图片的潜变量写成此模型可以打开的文件</translation>
    </message>
    <message>
        <source>Write the scores of the selected pictures as a table</source>
        <translation>把选中图片的分数写成表格</translation>
    </message>
    <message>
        <source>Writing a copy of the model</source>
        <translation>正在写入模型的副本</translation>
    </message>
    <message>
        <source>Writing a film</source>
        <translation>正在写入影片</translation>
    </message>
    <message>
        <source>Writing a latent file</source>
        <translation>正在写潜变量文件</translation>
    </message>
    <message>
        <source>Writing the layers…</source>
        <translation>正在写入各层…</translation>
    </message>
    <message>
        <source>Writing the scores</source>
        <translation>正在写分数</translation>
    </message>
    <message>
        <source>X-ray</source>
        <translation>X 光</translation>
    </message>
    <message>
        <source>X-ray…</source>
        <translation>X 光…</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>你的</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>a concept needs a name of 1 to {largest_name} characters.</source>
        <translation>概念的名称须为 1 到 {largest_name} 个字符。</translation>
    </message>
    <message>
        <source>a false-alarm rate must be between 0 and 1, not {rate:g}.</source>
        <translation>误报率必须在 0 与 1 之间，不能是 {rate:g}。</translation>
    </message>
    <message>
        <source>a linear code</source>
        <translation>线性编码</translation>
    </message>
    <message>
        <source>a map of 8 channels</source>
        <translation>8 个通道的特征图</translation>
    </message>
    <message>
        <source>a map of 8x8 blocks</source>
        <translation>8x8 块的特征图</translation>
    </message>
    <message>
        <source>a network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>a picture that was not scored cannot be corrected; score the folder again.</source>
        <translation>未评分的图片无法更正；请重新为文件夹评分。</translation>
    </message>
    <message>
        <source>a quarter of an epoch</source>
        <translation>四分之一轮</translation>
    </message>
    <message>
        <source>a rate of 0.003</source>
        <translation>学习率 0.003</translation>
    </message>
    <message>
        <source>a smaller --lr (it is {rate:g}; try {lower:.1g})</source>
        <translation>更小的 --lr（现为 {rate:g}；可试 {lower:.1g}）</translation>
    </message>
    <message>
        <source>a third</source>
        <translation>三分之一</translation>
    </message>
    <message>
        <source>a vector of 16 numbers</source>
        <translation>16 个数的向量</translation>
    </message>
    <message>
        <source>a vector of whole pictures</source>
        <translation>整张图片的向量</translation>
    </message>
    <message>
        <source>about {psnr:.1f} dB</source>
        <translation>约 {psnr:.1f} dB</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>约剩 {time}</translation>
    </message>
    <message>
        <source>above: originals, below: reconstructions</source>
        <translation>上：原图，下：重建</translation>
    </message>
    <message>
        <source>all pictures</source>
        <translation>全部图片</translation>
    </message>
    <message>
        <source>all pictures are nearly the same, so no figure says how others would do; add different ones</source>
        <translation>所有图片几乎相同，因此没有数值能说明其他图片的情况；请添加不同的图片</translation>
    </message>
    <message>
        <source>anomalous</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>another program is moving pictures; wait for it, or close it.</source>
        <translation>另一个程序正在移动图片；请等待或关闭它。</translation>
    </message>
    <message>
        <source>another program is writing this index; wait for it, or close it.</source>
        <translation>另一个程序正在写此索引；请等待或关闭它。</translation>
    </message>
    <message>
        <source>another tone</source>
        <translation>色调变化</translation>
    </message>
    <message>
        <source>any size</source>
        <translation>任意尺寸</translation>
    </message>
    <message>
        <source>any size; trained at {size}</source>
        <translation>任意尺寸；训练尺寸为 {size}</translation>
    </message>
    <message>
        <source>as good as the {floor}</source>
        <translation>与 {floor} 一样好</translation>
    </message>
    <message>
        <source>as many as usual</source>
        <translation>与平常一样多</translation>
    </message>
    <message>
        <source>at their own size</source>
        <translation>按原始大小</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>best of its group</source>
        <translation>本组最佳</translation>
    </message>
    <message>
        <source>blocks in place of overlapping windows</source>
        <translation>以图块代替重叠窗口</translation>
    </message>
    <message>
        <source>blur</source>
        <translation>模糊</translation>
    </message>
    <message numerus="yes">
        <source>by {name}</source>
        <translation>
            <numerusform>模型 {name}</numerusform>
        </translation>
    </message>
    <message>
        <source>carried to sRGB from {profile}</source>
        <translation>由 {profile} 转换为 sRGB</translation>
    </message>
    <message>
        <source>changed while it was read</source>
        <translation>在读取时发生了变化</translation>
    </message>
    <message>
        <source>clamp</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>components from {most:,} of {count:,}</source>
        <translation>只用 {count:,} 张中的 {most:,} 张求主成分</translation>
    </message>
    <message>
        <source>concepts</source>
        <translation>概念</translation>
    </message>
    <message>
        <source>cut in tiles</source>
        <translation>切成图块</translation>
    </message>
    <message numerus="yes">
        <source>decoded by {name} from {numbers} numbers</source>
        <translation>
            <numerusform>由 {name} 从 {numbers} 个数解码</numerusform>
        </translation>
    </message>
    <message>
        <source>decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>does not work</source>
        <translation>不能工作</translation>
    </message>
    <message>
        <source>encode {encode}, decode {decode}, on {provider}</source>
        <translation>编码 {encode}，解码 {decode}，使用 {provider}</translation>
    </message>
    <message>
        <source>encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>epoch {epoch:,}</source>
        <translation>第 {epoch:,} 轮</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>fitted sampler</source>
        <translation>拟合的采样器</translation>
    </message>
    <message>
        <source>found, but it does not start</source>
        <translation>已找到，但无法启动</translation>
    </message>
    <message>
        <source>fp16 · half the size</source>
        <translation>fp16 · 一半大小</translation>
    </message>
    <message>
        <source>fp32 · exact</source>
        <translation>fp32 · 精确</translation>
    </message>
    <message>
        <source>fp32: {time:.1f} ms</source>
        <translation>fp32：{time:.1f} ms</translation>
    </message>
    <message numerus="yes">
        <source>frame or page {number} of {count}</source>
        <translation>
            <numerusform>第 {number} 帧或页，共 {count}</numerusform>
        </translation>
    </message>
    <message>
        <source>frame {frame} of {length}</source>
        <translation>第 {frame} 帧，共 {length} 帧</translation>
    </message>
    <message>
        <source>good for blurred reconstruction and anomalies of whole pictures; sliders here mean little</source>
        <translation>适合模糊的重建和整张图片的异常检测；这里的滑块意义不大</translation>
    </message>
    <message>
        <source>good for reconstruction at any size, and anomalies with their place; sliders of a map change colours and texture, and no shapes</source>
        <translation>适合任意尺寸的重建和带位置的异常检测；特征图的滑块改变颜色和纹理，不改变形状</translation>
    </message>
    <message>
        <source>good for sliders, interpolation, and anomalies of whole pictures</source>
        <translation>适合滑块、插值和整张图片的异常检测</translation>
    </message>
    <message>
        <source>grain</source>
        <translation>颗粒</translation>
    </message>
    <message>
        <source>held-out PSNR {psnr:.2f} dB</source>
        <translation>留出集 PSNR {psnr:.2f} dB</translation>
    </message>
    <message>
        <source>independent components</source>
        <translation>独立成分</translation>
    </message>
    <message>
        <source>install the driver (Ubuntu: sudo ubuntu-drivers install), then start the computer again</source>
        <translation>请安装驱动（Ubuntu：sudo ubuntu-drivers install），然后重新启动计算机</translation>
    </message>
    <message>
        <source>int8 · smallest</source>
        <translation>int8 · 最小</translation>
    </message>
    <message>
        <source>is not installed</source>
        <translation>未安装</translation>
    </message>
    <message>
        <source>it learnt by heart after its best epoch, whose weights are kept; more pictures help, not time</source>
        <translation>最佳一轮之后它在死记硬背，已保留那一轮的权重；需要更多图片，而不是更多时间</translation>
    </message>
    <message>
        <source>it must have one input and one output</source>
        <translation>它必须有一个输入和一个输出</translation>
    </message>
    <message>
        <source>labels.csv is there: its columns become sliders</source>
        <translation>有 labels.csv：其各列将成为滑块</translation>
    </message>
    <message>
        <source>leaky ReLU</source>
        <translation>带泄漏的 ReLU</translation>
    </message>
    <message>
        <source>likely because it had too little time, or did not start as that code; see --init</source>
        <translation>可能是因为时间太少，或没有从该编码起步；见 --init</translation>
    </message>
    <message>
        <source>likely because it learns its pictures by heart: there are too few</source>
        <translation>可能是因为它死记图片：图片太少</translation>
    </message>
    <message>
        <source>likely because this network cannot start as a linear code, and had too little time or too few pictures</source>
        <translation>可能是因为这个网络不能从线性编码起步，而时间或图片太少</translation>
    </message>
    <message>
        <source>likely because {option} asks for something else than PSNR</source>
        <translation>可能是因为 {option} 追求的不是 PSNR</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>linear code of overlapping windows</source>
        <translation>重叠窗口的线性编码</translation>
    </message>
    <message>
        <source>longer would probably bring little</source>
        <translation>再训练更久可能收益很小</translation>
    </message>
    <message>
        <source>map latent of {numbers:,} channels at {size} pixels</source>
        <translation>{size} 像素下 {numbers:,} 通道的特征图潜变量</translation>
    </message>
    <message>
        <source>masks need a folder with sub-folders good and bad.</source>
        <translation>掩码需要一个含 good 和 bad 子文件夹的文件夹。</translation>
    </message>
    <message>
        <source>mean {levels} of 255</source>
        <translation>平均 {levels}（满值 255）</translation>
    </message>
    <message>
        <source>measuring {done} of {total}</source>
        <translation>正在测量 {done}/{total}</translation>
    </message>
    <message>
        <source>measuring…</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>漏检</translation>
    </message>
    <message>
        <source>missing parts</source>
        <translation>缺失部分</translation>
    </message>
    <message>
        <source>moved parts</source>
        <translation>移动的部分</translation>
    </message>
    <message>
        <source>nearly the same as {name}, which is trained on</source>
        <translation>与用于训练的 {name} 几乎相同</translation>
    </message>
    <message>
        <source>no GPU is listed</source>
        <translation>没有列出显卡</translation>
    </message>
    <message>
        <source>no NVIDIA driver was found</source>
        <translation>未找到 NVIDIA 驱动</translation>
    </message>
    <message>
        <source>no NVIDIA driver was found; that is no fault where there is no NVIDIA GPU</source>
        <translation>未找到 NVIDIA 驱动；没有 NVIDIA 显卡时这不是问题</translation>
    </message>
    <message>
        <source>no Ray cluster answers at {address} ({error}).</source>
        <translation>{address} 处没有 Ray 集群响应（{error}）。</translation>
    </message>
    <message>
        <source>no difference</source>
        <translation>无差异</translation>
    </message>
    <message>
        <source>no facts</source>
        <translation>没有信息</translation>
    </message>
    <message>
        <source>no indexed picture ({count:,} in all) is in {folder} any more, which is not the folder that it was: its disk may not be connected. The index was left as it is; to begin anew, delete {place}.</source>
        <translation>已索引的图片（共 {count:,} 张）都不在 {folder} 中了，而且它已不是原来的文件夹：其磁盘可能未连接。索引保持原样；要重新开始，请删除 {place}。</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>no other latent was to be had; {facts}</source>
        <translation>没有其他潜变量可选；{facts}</translation>
    </message>
    <message>
        <source>no output is asked for; choose from {outputs}.</source>
        <translation>没有要求任何输出；请从 {outputs} 中选择。</translation>
    </message>
    <message>
        <source>no picture is chosen, so there is nothing to correct.</source>
        <translation>没有选择图片，因此没有可更正的内容。</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>not an anomaly</source>
        <translation>不是异常</translation>
    </message>
    <message>
        <source>not found ({names})</source>
        <translation>未找到（{names}）</translation>
    </message>
    <message>
        <source>not good enough for sliders yet: a linear code of as many numbers reconstructs these pictures better</source>
        <translation>还不足以使用滑块：同样多数字的线性编码能更好地重建这些图片</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>not known yet; a model that rests in the window is raced</source>
        <translation>尚不知道；在窗口中静置的模型会进行一次比赛</translation>
    </message>
    <message>
        <source>not readable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>nothing was saved yet</source>
        <translation>尚未保存任何内容</translation>
    </message>
    <message>
        <source>numbers or channels</source>
        <translation>数或通道</translation>
    </message>
    <message>
        <source>of each picture its middle is seen: {share:.0f} % of their area is cut off</source>
        <translation>只看每张图片的中间部分：其面积的 {share:.0f} % 被裁掉</translation>
    </message>
    <message>
        <source>of {count}</source>
        <translation>共 {count} 张</translation>
    </message>
    <message>
        <source>one channel</source>
        <translation>单通道</translation>
    </message>
    <message>
        <source>onnxruntime cannot open the graph: {reason}</source>
        <translation>onnxruntime 无法打开计算图：{reason}</translation>
    </message>
    <message>
        <source>onnxruntime did not say where the nodes ran.</source>
        <translation>onnxruntime 没有说明节点在哪里运行。</translation>
    </message>
    <message>
        <source>or press Open, or paste one with Ctrl+V</source>
        <translation>或按“打开”，或用 Ctrl+V 粘贴</translation>
    </message>
    <message>
        <source>ordinary</source>
        <translation>寻常</translation>
    </message>
    <message>
        <source>original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>originals, as they are, stretched</source>
        <translation>原图、原样、拉伸后</translation>
    </message>
    <message>
        <source>originals, damaged, repaired</source>
        <translation>原图、损坏、修复</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>overlapping windows</source>
        <translation>重叠窗口</translation>
    </message>
    <message>
        <source>pasted parts</source>
        <translation>粘贴的部分</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>pip install onnxruntime</source>
        <translation>pip install onnxruntime</translation>
    </message>
    <message>
        <source>pip install tensorrt</source>
        <translation>pip install tensorrt</translation>
    </message>
    <message>
        <source>pip uninstall -y {found}, then pip install {kept}</source>
        <translation>pip uninstall -y {found}，然后 pip install {kept}</translation>
    </message>
    <message>
        <source>principal components</source>
        <translation>主成分</translation>
    </message>
    <message>
        <source>probably {end} at the end, {tenfold} in ten times as long, {tenth} in a tenth of the time: an estimate from the first {share:.0f} % of the curve</source>
        <translation>结束时大概为 {end}，训练十倍时间为 {tenfold}，十分之一时间为 {tenth}：根据曲线前 {share:.0f} % 估计</translation>
    </message>
    <message>
        <source>reconstructions are as exact as 8 bits are, so no training brings more</source>
        <translation>重建已达到 8 位的精度，继续训练不会再有提升</translation>
    </message>
    <message>
        <source>resized</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>scratches</source>
        <translation>划痕</translation>
    </message>
    <message>
        <source>see the model card</source>
        <translation>见模型卡</translation>
    </message>
    <message>
        <source>serves CUDA {dotted}; {names}</source>
        <translation>支持 CUDA {dotted}；{names}</translation>
    </message>
    <message>
        <source>shades</source>
        <translation>阴影</translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation>sigmoid</translation>
    </message>
    <message>
        <source>spots</source>
        <translation>斑点</translation>
    </message>
    <message>
        <source>step {step:,} of {total:,}</source>
        <translation>第 {step:,}/{total:,} 步</translation>
    </message>
    <message>
        <source>stopped: Start continues from here</source>
        <translation>已停止：“开始”会从这里继续</translation>
    </message>
    <message>
        <source>stopped: {reason}</source>
        <translation>已停止：{reason}</translation>
    </message>
    <message>
        <source>stopped; Index continues from here</source>
        <translation>已停止；“建立索引”会从这里继续</translation>
    </message>
    <message>
        <source>strong noise</source>
        <translation>强噪声</translation>
    </message>
    <message>
        <source>ten times as long would probably give {range}, an estimate</source>
        <translation>训练十倍时间估计可达 {range}</translation>
    </message>
    <message>
        <source>the checkpoint of step {step:,} in {folder} stands</source>
        <translation>{folder} 中第 {step:,} 步的检查点仍在</translation>
    </message>
    <message>
        <source>the detector was made with another model, {model_name}; fit it again.</source>
        <translation>该检测器是用另一个模型 {model_name} 制作的；请重新拟合。</translation>
    </message>
    <message>
        <source>the file holds several pictures</source>
        <translation>文件中有多张图片</translation>
    </message>
    <message>
        <source>the film was cancelled.</source>
        <translation>影片已取消。</translation>
    </message>
    <message>
        <source>the fit was stopped; nothing was kept of it.</source>
        <translation>拟合已停止；没有保留任何结果。</translation>
    </message>
    <message>
        <source>the folder to write to must be another one than the pictures&apos;.</source>
        <translation>要写入的文件夹必须与图片所在的文件夹不同。</translation>
    </message>
    <message>
        <source>the graph</source>
        <translation>计算图</translation>
    </message>
    <message>
        <source>the held-out loss has not improved for {count:,} epoch</source>
        <translation>留出集损失已有 {count:,} 轮没有改善</translation>
    </message>
    <message>
        <source>the held-out loss has not improved for {count:,} epochs</source>
        <translation>留出集损失已有 {count:,} 轮没有改善</translation>
    </message>
    <message>
        <source>the held-out loss has risen {count:,} times in succession: more steps would learn by heart</source>
        <translation>留出集损失已连续上升 {count:,} 次：继续训练只会死记训练图片</translation>
    </message>
    <message>
        <source>the index in {place} cannot be used ({why}); delete that folder and index again.</source>
        <translation>{place} 中的索引无法使用（{why}）；请删除该文件夹并重新建立索引。</translation>
    </message>
    <message>
        <source>the map was stopped.</source>
        <translation>地图已停止。</translation>
    </message>
    <message>
        <source>the masks in {folder} do not pair up: name each as its picture in the bad folder.</source>
        <translation>{folder} 中的掩码无法配对：请按 bad 文件夹中的图片命名。</translation>
    </message>
    <message>
        <source>the model and the picture of {path} are no longer there.</source>
        <translation>{path} 中的模型和图片都已不在原处。</translation>
    </message>
    <message>
        <source>the name pattern {pattern} cannot be read ({error}).</source>
        <translation>名称模式 {pattern} 无法识别（{error}）。</translation>
    </message>
    <message>
        <source>the name pattern {pattern} cannot be used ({error}).</source>
        <translation>名称模式 {pattern} 无法使用（{error}）。</translation>
    </message>
    <message>
        <source>the name pattern {pattern} gives two files the same name; use {{name}} and {{kind}}.</source>
        <translation>名称模式 {pattern} 会让两个文件同名；请使用 {{name}} 和 {{kind}}。</translation>
    </message>
    <message>
        <source>the name pattern {pattern} gives {filled}, which is not a file name.</source>
        <translation>名称模式 {pattern} 得到 {filled}，这不是文件名。</translation>
    </message>
    <message>
        <source>the name pattern {pattern} may hold {known} and no other field.</source>
        <translation>名称模式 {pattern} 只能包含 {known}，不能有其他字段。</translation>
    </message>
    <message>
        <source>the name pattern {pattern} must hold {{name}} or {{number}}.</source>
        <translation>名称模式 {pattern} 必须包含 {{name}} 或 {{number}}。</translation>
    </message>
    <message>
        <source>the network is {gain} dB above</source>
        <translation>网络高出 {gain} dB</translation>
    </message>
    <message>
        <source>the network is {loss} dB below</source>
        <translation>网络低 {loss} dB</translation>
    </message>
    <message>
        <source>the picture changed by {levels:.1f} of 255 levels</source>
        <translation>图片变化了 {levels:.1f} 级（共 255 级）</translation>
    </message>
    <message>
        <source>the pictures are in {folder} already; choose another folder to move them to.</source>
        <translation>图片已经在 {folder} 中；请选择另一个文件夹。</translation>
    </message>
    <message>
        <source>the pictures under &apos;more&apos; and &apos;less&apos; have the same latents: there is no direction.</source>
        <translation>“较多”与“较少”中的图片潜变量相同：没有方向。</translation>
    </message>
    <message>
        <source>the quality must be 1 to 100, not {quality}.</source>
        <translation>质量必须在 1 到 100 之间，不能是 {quality}。</translation>
    </message>
    <message>
        <source>the run was too short to tell what a longer one would give</source>
        <translation>这次训练太短，无法判断更长的训练会带来什么</translation>
    </message>
    <message>
        <source>the score {name} has no place in the picture, so there is no heat map of it.</source>
        <translation>分数 {name} 与图片位置无关，因此没有热力图。</translation>
    </message>
    <message>
        <source>the search for duplicates was cancelled.</source>
        <translation>查找重复已取消。</translation>
    </message>
    <message>
        <source>the search for neighbours was cancelled.</source>
        <translation>近邻搜索已取消。</translation>
    </message>
    <message>
        <source>the step must be between 0.001 and 16 standard deviations, not {step:g}.</source>
        <translation>步长必须在 0.001 到 16 个标准差之间，不能是 {step:g}。</translation>
    </message>
    <message>
        <source>the {libraries} libraries could not be loaded</source>
        <translation>无法加载 {libraries} 库</translation>
    </message>
    <message>
        <source>then export it</source>
        <translation>然后可以导出</translation>
    </message>
    <message>
        <source>there are too few good pictures in {good}: {count}, where at least {fewest_good} are needed.</source>
        <translation>{good} 中的正常图片太少：{count} 张，至少需要 {fewest_good} 张。</translation>
    </message>
    <message>
        <source>there are too few pictures under &apos;{which}&apos;: {count}, where at least {fewest} are needed.</source>
        <translation>“{which}”中的图片太少：{count} 张，至少需要 {fewest} 张。</translation>
    </message>
    <message>
        <source>there is an NVIDIA GPU, but no driver for it was found</source>
        <translation>有 NVIDIA 显卡，但未找到其驱动</translation>
    </message>
    <message>
        <source>there is no concept of yours called {name!r} for {name2}.</source>
        <translation>{name2} 没有名为 {name!r} 的自建概念。</translation>
    </message>
    <message>
        <source>there is no correction to undo.</source>
        <translation>没有可撤销的更正。</translation>
    </message>
    <message>
        <source>there is no format {name}; choose from {known}.</source>
        <translation>没有格式 {name}；可选 {known}。</translation>
    </message>
    <message>
        <source>there is no model here to try</source>
        <translation>这里没有可以尝试的模型</translation>
    </message>
    <message>
        <source>there is no model {wanted}: it is not the folder or file of a model, and the models found are: {known}.</source>
        <translation>没有模型 {wanted}：它不是模型的文件夹或文件；找到的模型有：{known}。</translation>
    </message>
    <message>
        <source>there is no move to undo.</source>
        <translation>没有可撤回的移动。</translation>
    </message>
    <message>
        <source>there is no provider {asked}; there are {asked2}.</source>
        <translation>没有计算后端 {asked}；可用的有 {asked2}。</translation>
    </message>
    <message>
        <source>there is no score {name!r} for this model; there are {known}.</source>
        <translation>此模型没有分数 {name!r}；可用的有 {known}。</translation>
    </message>
    <message>
        <source>there is nothing to save yet: open a picture or choose a model first.</source>
        <translation>还没有可保存的内容：请先打开图片或选择模型。</translation>
    </message>
    <message>
        <source>this detector has no score {score!r}; it has {tails}.</source>
        <translation>此检测器没有分数 {score!r}；它有 {tails}。</translation>
    </message>
    <message>
        <source>this detector sees pictures at {width} × {height}; fit it again.</source>
        <translation>此检测器以 {width} × {height} 看图片；请重新拟合。</translation>
    </message>
    <message>
        <source>this detector was fitted with another model, {model_name}; fit it again.</source>
        <translation>此检测器是用另一个模型 {model_name} 拟合的；请重新拟合。</translation>
    </message>
    <message>
        <source>this is not a latent file of a picture.</source>
        <translation>这不是图片的潜变量文件。</translation>
    </message>
    <message>
        <source>this latent file is broken ({error}).</source>
        <translation>此潜变量文件已损坏（{error}）。</translation>
    </message>
    <message>
        <source>this latent file is of version {version}; this program reads version {version2}.</source>
        <translation>此潜变量文件的版本为 {version}；本程序读取版本 {version2}。</translation>
    </message>
    <message>
        <source>this latent has the shape {list}, and those of the folder {list2}: similar pictures are found by a latent of a picture of the size at which the folder was indexed.</source>
        <translation>此潜变量的形状为 {list}，文件夹中潜变量的形状为 {list2}：查找相似图片需要与建立索引时尺寸相同的图片的潜变量。</translation>
    </message>
    <message>
        <source>this map needs at least {fewest} pictures.</source>
        <translation>此地图至少需要 {fewest} 张图片。</translation>
    </message>
    <message>
        <source>this map needs {name}: {command}</source>
        <translation>此地图需要 {name}：{command}</translation>
    </message>
    <message>
        <source>this model has no repair network; add one with `python -m export.repair`.</source>
        <translation>此模型没有修复网络；请用 `python -m export.repair` 添加。</translation>
    </message>
    <message>
        <source>this onnxruntime was built without CUDA</source>
        <translation>此 onnxruntime 未包含 CUDA</translation>
    </message>
    <message>
        <source>this onnxruntime was built without {name}</source>
        <translation>此 onnxruntime 未包含 {name}</translation>
    </message>
    <message>
        <source>this picture is no longer in the index; index the folder again.</source>
        <translation>此图片已不在索引中；请重新建立索引。</translation>
    </message>
    <message>
        <source>to keep to the time limit: {cuts}</source>
        <translation>为遵守时间限制：{cuts}</translation>
    </message>
    <message>
        <source>transparent in places; the transparency is restored when it is saved</source>
        <translation>部分透明；保存时会还原</translation>
    </message>
    <message>
        <source>turned parts</source>
        <translation>转动的部分</translation>
    </message>
    <message>
        <source>twice as many</source>
        <translation>增加一倍</translation>
    </message>
    <message>
        <source>under 1 in {count}</source>
        <translation>不到 1/{count}</translation>
    </message>
    <message>
        <source>uniform random numbers</source>
        <translation>均匀随机数</translation>
    </message>
    <message>
        <source>vector latent of {numbers:,} at {size} pixels</source>
        <translation>{size} 像素下 {numbers:,} 维的向量潜变量</translation>
    </message>
    <message>
        <source>what the cell in the middle reads</source>
        <translation>中央单元格所读取的区域</translation>
    </message>
    <message>
        <source>whole above, damaged below</source>
        <translation>上：完整；下：受损</translation>
    </message>
    <message>
        <source>with so few pictures no figure is sure</source>
        <translation>图片这么少，任何数值都不可靠</translation>
    </message>
    <message>
        <source>with so few pictures the interval says what is known</source>
        <translation>图片这么少，能知道的就是这个区间</translation>
    </message>
    <message>
        <source>works; nodes that ran there: {of_encoder} in the encoder, {of_decoder} in the decoder</source>
        <translation>正常；在此运行的节点：编码器 {of_encoder}，解码器 {of_decoder}</translation>
    </message>
    <message>
        <source>{address} cannot be looked at ({reason}).</source>
        <translation>无法查看 {address}（{reason}）。</translation>
    </message>
    <message>
        <source>{address} cannot be read here ({reason}).</source>
        <translation>无法在此读取 {address}（{reason}）。</translation>
    </message>
    <message>
        <source>{bytes} bytes, {bits} bits per pixel, PSNR {psnr} dB.</source>
        <translation>{bytes} 字节，每像素 {bits} 位，PSNR {psnr} dB。</translation>
    </message>
    <message>
        <source>{count:,} held-out pictures</source>
        <translation>{count:,} 张留出图片</translation>
    </message>
    <message>
        <source>{count:,} held-out tiles of one picture</source>
        <translation>一张图片的 {count:,} 个留出图块</translation>
    </message>
    <message>
        <source>{count:,} held-out tiles of {pictures:,} pictures</source>
        <translation>{pictures:,} 张图片的 {count:,} 个留出图块</translation>
    </message>
    <message>
        <source>{count:,} pictures are more than are searched one by one; a search among them needs faiss: {command}</source>
        <translation>图片有 {count:,} 张，多到无法逐一搜索；在其中搜索需要 faiss：{command}</translation>
    </message>
    <message>
        <source>{count:,} pictures are too few for sliders, from {least} on; {facts}</source>
        <translation>{count:,} 张图片对滑块来说太少（至少 {least} 张）；{facts}</translation>
    </message>
    <message>
        <source>{count:,} pictures are too few to tell whether they are of one kind, and for sliders, from {least} on; a map reconstructs any picture</source>
        <translation>{count:,} 张图片太少，无法判断是否属于同一类，对滑块来说也太少（至少 {least} 张）；特征图能重建任何图片</translation>
    </message>
    <message>
        <source>{db} dB</source>
        <translation>{db} dB</translation>
    </message>
    <message numerus="yes">
        <source>{done:,} of {n:,} pictures</source>
        <translation>
            <numerusform>{done:,} / {n:,} 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>{encoder} and {decoder} are graphs of another tool, and no model yet. They can be made one by trying them on a folder of pictures like those that they were trained on.</source>
        <translation>{encoder} 和 {decoder} 是其他工具的计算图，还不是模型。用与其训练图片相似的一个图片文件夹试用后，可以把它们做成模型。</translation>
    </message>
    <message>
        <source>{encoder} layers of the encoder, {decoder} of the decoder</source>
        <translation>编码器 {encoder} 层，解码器 {decoder} 层</translation>
    </message>
    <message>
        <source>{facts}: the {count:,} pictures are of one kind, and enough for sliders</source>
        <translation>{facts}：这 {count:,} 张图片属于同一类，足以使用滑块</translation>
    </message>
    <message>
        <source>{facts}: they are not of one kind, so sliders would mean little, and a map reconstructs any picture</source>
        <translation>{facts}：它们不属于同一类，滑块意义不大，而特征图能重建任何图片</translation>
    </message>
    <message>
        <source>{first} and {second} are of different sizes.</source>
        <translation>{first} 与 {second} 的大小不同。</translation>
    </message>
    <message>
        <source>{flag} needs labels: a labels.csv beside the pictures with enough of each value, or built-in characters.</source>
        <translation>{flag} 需要标签：图片旁边要有每个值都足够多的 labels.csv，或使用内置人物。</translation>
    </message>
    <message>
        <source>{folder} could not be written to ({reason}).</source>
        <translation>无法写入 {folder}（{reason}）。</translation>
    </message>
    <message>
        <source>{folder} has no picture that can be read.</source>
        <translation>{folder} 中没有可读取的图片。</translation>
    </message>
    <message>
        <source>{folder} has no {name} to resume from: it was deleted or not copied. To train the weights that are there further, start another run with --start-from {folder}.</source>
        <translation>{folder} 没有可供继续的 {name}：它被删除了或没有复制过来。要继续训练那里的权重，请用 --start-from {folder} 开始另一次运行。</translation>
    </message>
    <message>
        <source>{folder} holds an encoder and a decoder that another tool made; {command} --pictures FOLDER makes a model of them, with a folder of pictures like those it knows.</source>
        <translation>{folder} 中有其他工具生成的编码器和解码器；{command} --pictures FOLDER 可用一个同类图片的文件夹把它们做成模型。</translation>
    </message>
    <message>
        <source>{folder} is a file, and no folder; choose another --out.</source>
        <translation>{folder} 是文件而不是文件夹；请选择另一个 --out。</translation>
    </message>
    <message>
        <source>{folder} is being trained by another process; wait until it ends, or choose another --out.</source>
        <translation>另一个进程正在训练 {folder}；请等它结束，或选择另一个 --out。</translation>
    </message>
    <message>
        <source>{folder} is broken.</source>
        <translation>{folder} 已损坏。</translation>
    </message>
    <message>
        <source>{folder} is not empty; add --resume to resume it, or choose another --out.</source>
        <translation>{folder} 不是空的；加上 --resume 继续，或选择另一个 --out。</translation>
    </message>
    <message>
        <source>{folder} is not empty; choose another --out.</source>
        <translation>{folder} 不是空的；请选择另一个 --out。</translation>
    </message>
    <message>
        <source>{folder} was removed or replaced while pictures were written to it; what was in it is gone with it. The same command does it all again.</source>
        <translation>{folder} 在写入图片期间被移除或替换；其中的内容也随之丢失。再次运行同一命令即可重做。</translation>
    </message>
    <message>
        <source>{found}; on the CPU instead: {kinds}</source>
        <translation>{found}；改在 CPU 上运行的：{kinds}</translation>
    </message>
    <message>
        <source>{gain} (a tenth gave {psnr:.1f})</source>
        <translation>{gain}（十分之一的时间得到 {psnr:.1f}）</translation>
    </message>
    <message>
        <source>{gap:.1f} dB better than smooth waves do</source>
        <translation>比平滑波好 {gap:.1f} dB</translation>
    </message>
    <message>
        <source>{gap:.1f} dB worse than smooth waves do</source>
        <translation>比平滑波差 {gap:.1f} dB</translation>
    </message>
    <message>
        <source>{gap:.2f} dB above the {floor}</source>
        <translation>比 {floor} 高 {gap:.2f} dB</translation>
    </message>
    <message>
        <source>{gap:.2f} dB below the {floor}</source>
        <translation>比 {floor} 低 {gap:.2f} dB</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分</translation>
    </message>
    <message>
        <source>{levels} levels and more</source>
        <translation>{levels} 级及以上</translation>
    </message>
    <message>
        <source>{libraries}; {cure} brings them</source>
        <translation>{libraries}；{cure} 可以安装它们</translation>
    </message>
    <message>
        <source>{limit} · groups: {count}</source>
        <translation>{limit} · {count} 组</translation>
    </message>
    <message>
        <source>{loss:.3f} dB less than in fp32</source>
        <translation>比 fp32 低 {loss:.3f} dB</translation>
    </message>
    <message>
        <source>{low:.1f} to {high:.1f} dB</source>
        <translation>{low:.1f} 至 {high:.1f} dB</translation>
    </message>
    <message>
        <source>{mean} levels</source>
        <translation>{mean} 级</translation>
    </message>
    <message>
        <source>{memory:,.0f} MiB</source>
        <translation>{memory:,.0f} MiB</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{most:,} of {count:,} held-out pictures measured</source>
        <translation>只测量 {count:,} 张留出图片中的 {most:,} 张</translation>
    </message>
    <message>
        <source>{most:,} of {count:,} pictures</source>
        <translation>{count:,} 张图片中的 {most:,} 张</translation>
    </message>
    <message>
        <source>{most:,} of {count:,} pictures, to be cut in tiles</source>
        <translation>{count:,} 张图片中的 {most:,} 张，以便切成图块</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} bytes</source>
        <translation>
            <numerusform>{n:,} 字节</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} changed</source>
        <translation>
            <numerusform>{n:,} 张已更改</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} entries are passed over</source>
        <translation>
            <numerusform>跳过了 {n:,} 项</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} epochs</source>
        <translation>
            <numerusform>{n:,} 轮</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} failed</source>
        <translation>
            <numerusform>{n:,} 张失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} gone</source>
        <translation>
            <numerusform>{n:,} 张已消失</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} groups of copies</source>
        <translation>
            <numerusform>{n:,} 组副本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} held-out pictures</source>
        <translation>
            <numerusform>{n:,} 张留出图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} held-out pictures have near-duplicates that are trained on</source>
        <translation>
            <numerusform>{n:,} 张留出图片与训练图片近似重复</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} hours</source>
        <translation>
            <numerusform>{n:,} 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} lines of Python are on the clipboard.</source>
        <translation>
            <numerusform>{n:,} 行 Python 代码已复制到剪贴板。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} minutes</source>
        <translation>
            <numerusform>{n:,} 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} new</source>
        <translation>
            <numerusform>{n:,} 张新图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} not known</source>
        <translation>
            <numerusform>{n:,} 张未知</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} not readable</source>
        <translation>
            <numerusform>{n:,} 张无法读取</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} of the files to write exist already (the first is {name}). Replace them?</source>
        <translation>
            <numerusform>要写入的文件中有 {n:,} 个已存在（第一个是 {name}）。要替换吗？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} others</source>
        <translation>
            <numerusform>其他 {n:,} 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pairs are alike, but of two moments</source>
        <translation>
            <numerusform>{n:,} 对相像，但拍摄于不同时刻</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pairs told apart</source>
        <translation>
            <numerusform>已区分 {n:,} 对</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures</source>
        <translation>
            <numerusform>{n:,} 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures are back in their place.</source>
        <translation>
            <numerusform>{n:,} 张图片已回到原处。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures are still to be saved. The window closes once they are.</source>
        <translation>
            <numerusform>还有 {n:,} 张图片待保存，保存完毕后窗口即关闭。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures cannot be read and will be skipped: {name}</source>
        <translation>
            <numerusform>{n:,} 张图片无法读取，将被跳过，例如 {name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures selected</source>
        <translation>
            <numerusform>已选 {n:,} 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures stay where they are, such as {name}: {reason}.</source>
        <translation>
            <numerusform>{n:,} 张图片留在原处，例如 {name}：{reason}。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures were moved to {folder}.</source>
        <translation>
            <numerusform>已将 {n:,} 张图片移动到 {folder}。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures written</source>
        <translation>
            <numerusform>已写入 {n:,} 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} pictures, about {time}</source>
        <translation>
            <numerusform>{n:,} 张图片，大约需要 {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} seconds</source>
        <translation>
            <numerusform>{n:,} 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} selected:</source>
        <translation>
            <numerusform>已选 {n:,} 张：</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} shown</source>
        <translation>
            <numerusform>显示 {n:,} 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} tiles</source>
        <translation>
            <numerusform>{n:,} 个图块</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} units are off</source>
        <translation>
            <numerusform>已关闭 {n:,} 个单元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} were done before</source>
        <translation>
            <numerusform>{n:,} 张先前已完成</numerusform>
        </translation>
    </message>
    <message>
        <source>{named} are both installed, and overwrite each other&apos;s files</source>
        <translation>同时安装了 {named}，它们会互相覆盖文件</translation>
    </message>
    <message>
        <source>{named}, built with {kinds}</source>
        <translation>{named}，内置 {kinds}</translation>
    </message>
    <message>
        <source>{name} cannot be combined: it is not among the scores asked for.</source>
        <translation>{name} 无法综合：它不在所要求的分数之中。</translation>
    </message>
    <message>
        <source>{name} does not take pictures of {width} × {height} pixels: it takes {rule}.</source>
        <translation>{name} 不接受 {width} × {height} 像素的图片：它接受 {rule}。</translation>
    </message>
    <message>
        <source>{name} does not take pictures of {width} × {height}.</source>
        <translation>{name} 不接受 {width} × {height} 的图片。</translation>
    </message>
    <message>
        <source>{name} gave one flat colour for {picture}.</source>
        <translation>{name} 对 {picture} 给出了单一颜色。</translation>
    </message>
    <message>
        <source>{name} has no {group} to move.</source>
        <translation>{name} 没有可移动的{group}。</translation>
    </message>
    <message>
        <source>{name} is a slider now. Left out one by one, {accuracy} of the pictures are told apart; shuffled pictures do as well {chance} of the time (the least possible is {least}).</source>
        <translation>{name} 已成为滑块。逐一留出时，{accuracy} 的图片能被分辨；打乱标签后有 {chance} 的情况能做到同样好（最小可能值为 {least}）。</translation>
    </message>
    <message>
        <source>{name} is among your models now.</source>
        <translation>{name} 已加入您的模型。</translation>
    </message>
    <message>
        <source>{name} takes float32 latents of another shape than {describe}.</source>
        <translation>{name} 接受的 float32 潜变量形状不同于 {describe}。</translation>
    </message>
    <message>
        <source>{name} takes uint8 pictures [N, H, W, 3], not {describe}.</source>
        <translation>{name} 接受 uint8 图片 [N, H, W, 3]，而不是 {describe}。</translation>
    </message>
    <message>
        <source>{name} was given a latent with numbers that are not finite.</source>
        <translation>{name} 收到的潜变量含有非有限的数。</translation>
    </message>
    <message>
        <source>{name} · the mean latent of its training set, {numbers} numbers</source>
        <translation>{name} · 训练集的平均潜变量，{numbers} 个数</translation>
    </message>
    <message>
        <source>{name}, {numbers} weights, {size} MB</source>
        <translation>{name}，{numbers} 个权重，{size} MB</translation>
    </message>
    <message>
        <source>{name}, {side}.onnx: {error}.</source>
        <translation>{name}，{side}.onnx：{error}。</translation>
    </message>
    <message>
        <source>{name}: onnxruntime left every node of the {side} to the CPU.</source>
        <translation>{name}：onnxruntime 把 {side} 的每个节点都留给了 CPU。</translation>
    </message>
    <message>
        <source>{name}: the decoder gave {describe}, which breaks the contract.</source>
        <translation>{name}：解码器给出 {describe}，违反了约定。</translation>
    </message>
    <message>
        <source>{name}: the encoder gave numbers that are not finite.</source>
        <translation>{name}：编码器给出了非有限的数。</translation>
    </message>
    <message>
        <source>{name}: the encoder gave {describe}, which breaks the contract.</source>
        <translation>{name}：编码器给出 {describe}，违反了约定。</translation>
    </message>
    <message>
        <source>{name}: the decoder&apos;s gradient failed: {reason}.</source>
        <translation>{name}：解码器的梯度计算失败：{reason}。</translation>
    </message>
    <message>
        <source>{name}: the {side} failed: {reason}.</source>
        <translation>{name}：{side} 失败：{reason}。</translation>
    </message>
    <message>
        <source>{numbers} numbers explain {share:.0f} % of how held-out pictures differ</source>
        <translation>{numbers} 个数能解释留出图片差异的 {share:.0f} %</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>第 {number} 张，共 {total} 张</translation>
    </message>
    <message>
        <source>{page}: {text}</source>
        <translation>{page}：{text}</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}); see who may read it.</source>
        <translation>无法读取 {path}（{reason}）；请检查读取权限。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({strerror}).</source>
        <translation>无法读取 {path}（{strerror}）。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({strerror}); delete that folder and search again.</source>
        <translation>无法读取 {path}（{strerror}）；请删除该文件夹后重新搜索。</translation>
    </message>
    <message>
        <source>{path} cannot be read as a table with a header ({reason}); mend it or rename it.</source>
        <translation>无法把 {path} 作为带表头的表格读取（{reason}）；请修复或重命名它。</translation>
    </message>
    <message>
        <source>{path} cannot be used ({strerror}).</source>
        <translation>{path} 无法使用（{strerror}）。</translation>
    </message>
    <message>
        <source>{path} cannot be written ({strerror}).</source>
        <translation>无法写入 {path}（{strerror}）。</translation>
    </message>
    <message>
        <source>{path} cannot be written: its name must end in one of {known}.</source>
        <translation>无法写入 {path}：其名称必须以下列之一结尾：{known}。</translation>
    </message>
    <message>
        <source>{path} does not exist.</source>
        <translation>{path} 不存在。</translation>
    </message>
    <message>
        <source>{path} does not fit {name} ({error}).</source>
        <translation>{path} 不适合 {name}（{error}）。</translation>
    </message>
    <message>
        <source>{path} exists already; choose another name.</source>
        <translation>{path} 已存在；请换一个名称。</translation>
    </message>
    <message>
        <source>{path} has {frames:,} frames, and none of the number {frame:,}.</source>
        <translation>{path} 有 {frames:,} 帧，没有第 {frame:,} 帧。</translation>
    </message>
    <message>
        <source>{path} has {usable} usable and {unusable} unusable pictures{reason}; at least 2 are needed. Add some, or choose another folder with --data.</source>
        <translation>{path} 有 {usable} 张可用和 {unusable} 张不可用的图片{reason}；至少需要 2 张。请添加图片，或用 --data 选择另一个文件夹。</translation>
    </message>
    <message>
        <source>{path} has {width} × {height} pixels, and at most {largest_pixels} million are read; save it smaller.</source>
        <translation>{path} 有 {width} × {height} 像素，最多读取 {largest_pixels} 百万像素；请将其保存为较小的图片。</translation>
    </message>
    <message>
        <source>{path} holds floating-point pixels, which have no agreed range.</source>
        <translation>{path} 含浮点像素，其取值范围没有约定。</translation>
    </message>
    <message>
        <source>{path} holds more than {largest_bundle_bytes:,} bytes, which is not read.</source>
        <translation>{path} 超过 {largest_bundle_bytes:,} 字节，不予读取。</translation>
    </message>
    <message>
        <source>{path} holds no latent: there is no array of that name with finite numbers in it.</source>
        <translation>{path} 中没有 latent：没有名为 latent 且数值有限的数组。</translation>
    </message>
    <message>
        <source>{path} holds no pictures ({endings}){reason}; choose another folder with --data.</source>
        <translation>{path} 中没有图片（{endings}）{reason}；请用 --data 选择另一个文件夹。</translation>
    </message>
    <message>
        <source>{path} holds no pictures{reason}; choose others with --data.</source>
        <translation>{path} 中没有图片{reason}；请用 --data 选择其他图片。</translation>
    </message>
    <message>
        <source>{path} holds numbers with a sign, which have no agreed range.</source>
        <translation>{path} 含带符号的数值，其取值范围没有约定。</translation>
    </message>
    <message>
        <source>{path} holds whole numbers of {bits} bits, which have no agreed range.</source>
        <translation>{path} 含 {bits} 位整数，其取值范围没有约定。</translation>
    </message>
    <message>
        <source>{path} holds {bits}-bit colours in separate planes, which cannot be read here; save it with the colours of a pixel side by side, or compressed.</source>
        <translation>{path} 以分离平面存放 {bits} 位颜色，这里无法读取；请以像素交错方式或压缩后保存。</translation>
    </message>
    <message>
        <source>{path} is a damaged session file ({error}).</source>
        <translation>{path} 是损坏的会话文件（{error}）。</translation>
    </message>
    <message>
        <source>{path} is a file; --data takes the folder that it is in, or .tar shards.</source>
        <translation>{path} 是文件；--data 接受它所在的文件夹，或 .tar 分片。</translation>
    </message>
    <message>
        <source>{path} is a graph, and no model: a model is a .convae file, or a folder with bundle.json and two graphs. python -m export.adopt ENCODER DECODER --pictures FOLDER makes a model of an encoder and a decoder.</source>
        <translation>{path} 是一个计算图，不是模型：模型是 .convae 文件，或含有 bundle.json 和两个计算图的文件夹。python -m export.adopt ENCODER DECODER --pictures FOLDER 可将编码器和解码器做成模型。</translation>
    </message>
    <message>
        <source>{path} is a session file of version {get}; this program reads {version}.</source>
        <translation>{path} 是版本 {get} 的会话文件；本程序读取版本 {version}。</translation>
    </message>
    <message>
        <source>{path} is a {name} of a kind that cannot be read here, or it is broken.</source>
        <translation>{path} 是这里无法读取的一种 {name}，或者已损坏。</translation>
    </message>
    <message>
        <source>{path} is broken ({error}).</source>
        <translation>{path} 已损坏（{error}）。</translation>
    </message>
    <message>
        <source>{path} is broken ({error}); fit the detector again.</source>
        <translation>{path} 已损坏（{error}）；请重新拟合检测器。</translation>
    </message>
    <message>
        <source>{path} is broken ({error}); make the copy of the model again.</source>
        <translation>{path} 已损坏（{error}）；请重新制作该模型的副本。</translation>
    </message>
    <message>
        <source>{path} is broken ({error}); move it away to go on without your concepts.</source>
        <translation>{path} 已损坏（{error}）；移走它即可在没有自建概念的情况下继续。</translation>
    </message>
    <message>
        <source>{path} is broken and cannot be read as a picture.</source>
        <translation>{path} 已损坏，无法作为图片读取。</translation>
    </message>
    <message>
        <source>{path} is broken: its latent has the shape {list}.</source>
        <translation>{path} 已损坏：其潜变量的形状为 {list}。</translation>
    </message>
    <message>
        <source>{path} is broken: {name} takes no picture of {width} × {height}.</source>
        <translation>{path} 已损坏：{name} 不接受 {width} × {height} 的图片。</translation>
    </message>
    <message>
        <source>{path} is broken; find the anomalies of the folder again.</source>
        <translation>{path} 已损坏；请重新查找此文件夹的异常。</translation>
    </message>
    <message>
        <source>{path} is broken; move it away to go on.</source>
        <translation>{path} 已损坏；移走它即可继续。</translation>
    </message>
    <message>
        <source>{path} is kept by another window; try again.</source>
        <translation>{path} 正被另一个窗口占用；请重试。</translation>
    </message>
    <message>
        <source>{path} is no longer there.</source>
        <translation>{path} 已不存在。</translation>
    </message>
    <message>
        <source>{path} is not a folder.</source>
        <translation>{path} 不是文件夹。</translation>
    </message>
    <message>
        <source>{path} is not a picture in a format that can be read here.</source>
        <translation>{path} 不是此处可读取格式的图片。</translation>
    </message>
    <message>
        <source>{path} is not a session file.</source>
        <translation>{path} 不是会话文件。</translation>
    </message>
    <message>
        <source>{path} is of a kind that cannot be read here ({error}).</source>
        <translation>{path} 属于这里无法读取的类型（{error}）。</translation>
    </message>
    <message>
        <source>{path} is too large.</source>
        <translation>{path} 太大。</translation>
    </message>
    <message>
        <source>{path} is too large: at most {largest_pixels} million pixels are read; save it smaller.</source>
        <translation>{path} 太大：最多读取 {largest_pixels} 百万像素；请将其保存为较小的图片。</translation>
    </message>
    <message>
        <source>{path} keeps the current model alone; with the others it would be too large.</source>
        <translation>{path} 只保存了当前模型；加上其他模型会过大。</translation>
    </message>
    <message>
        <source>{path} may not be read: permission denied.</source>
        <translation>不允许读取 {path}：权限被拒绝。</translation>
    </message>
    <message>
        <source>{path} needs a header: the picture&apos;s file first, then a different name for each factor.</source>
        <translation>{path} 需要表头：先是图片文件，然后每个因素一个不同的名称。</translation>
    </message>
    <message>
        <source>{path} needs a model, and there is none.</source>
        <translation>{path} 需要一个模型，但没有找到模型。</translation>
    </message>
    <message>
        <source>{path} unpacks to more than {largest_bytes} MiB.</source>
        <translation>{path} 解压后超过 {largest_bytes} MiB。</translation>
    </message>
    <message>
        <source>{path} was altered after the export (wrong SHA-256); export it again.</source>
        <translation>{path} 在导出后被改动（SHA-256 不符）；请重新导出。</translation>
    </message>
    <message>
        <source>{path} was made with another model than {name} (its graphs begin {model}).</source>
        <translation>{path} 由不同于 {name} 的模型生成（其计算图以 {model} 开头）。</translation>
    </message>
    <message>
        <source>{path} was not moved to the trash: the system has none there.</source>
        <translation>{path} 未能移到回收站：系统在该处没有回收站。</translation>
    </message>
    <message>
        <source>{path} was saved with another model than {name}.</source>
        <translation>{path} 是用 {name} 以外的模型保存的。</translation>
    </message>
    <message>
        <source>{path} was written by another version of this program; fit the detector again.</source>
        <translation>{path} 由本程序的另一版本写成；请重新拟合检测器。</translation>
    </message>
    <message>
        <source>{path} would be larger than {largest_bytes} MiB, and so was not written.</source>
        <translation>{path} 会大于 {largest_bytes} MiB，因此没有写入。</translation>
    </message>
    <message>
        <source>{path}: a film ends in .gif, .png (animated) or .mp4, or in nothing (a folder of frames).</source>
        <translation>{path}：影片应以 .gif、.png（动画）或 .mp4 结尾，或没有后缀（帧文件夹）。</translation>
    </message>
    <message>
        <source>{path}: latent.shape {shape} does not fit a {kind}.</source>
        <translation>{path}：latent.shape {shape} 不适合 {kind}。</translation>
    </message>
    <message>
        <source>{path}: latent.shape {shape} holds more than {largest_latent:,} numbers.</source>
        <translation>{path}：latent.shape {shape} 含有超过 {largest_latent:,} 个数。</translation>
    </message>
    <message>
        <source>{path}: no file {name!r} is recorded there.</source>
        <translation>{path}：其中没有记录文件 {name!r}。</translation>
    </message>
    <message>
        <source>{path}: row {row} has {cells} cells under {names} names; mend it.</source>
        <translation>{path}：第 {row} 行在 {names} 个名称下有 {cells} 个单元格；请修复它。</translation>
    </message>
    <message>
        <source>{path}: samplers are named, but sha256 has no entry for {samplers_file}.</source>
        <translation>{path}：列出了采样器，但 sha256 中没有 {samplers_file}。</translation>
    </message>
    <message>
        <source>{path}: sha256 has no entry for {name}.</source>
        <translation>{path}：sha256 中没有 {name}。</translation>
    </message>
    <message>
        <source>{path}: sha256 names {count} files; at most {largest_files} are read.</source>
        <translation>{path}：sha256 列出了 {count} 个文件；最多读取 {largest_files} 个。</translation>
    </message>
    <message>
        <source>{path}: sha256 names {name!r}, which is not a plain file name.</source>
        <translation>{path}：sha256 中的 {name!r} 不是普通文件名。</translation>
    </message>
    <message>
        <source>{path}: size is beyond {largest_side:,} pixels, which no graph is run at.</source>
        <translation>{path}：尺寸超过 {largest_side:,} 像素，不会以此运行计算图。</translation>
    </message>
    <message>
        <source>{path}: size must be positive.</source>
        <translation>{path}：尺寸必须为正。</translation>
    </message>
    <message>
        <source>{path}: the array {name} is missing.</source>
        <translation>{path}：缺少数组 {name}。</translation>
    </message>
    <message>
        <source>{path}: {side} must have one input and one output.</source>
        <translation>{path}：{side} 必须有一个输入和一个输出。</translation>
    </message>
    <message>
        <source>{pictures} of about {side:,} pixels</source>
        <translation>约 {side:,} 像素的 {pictures}</translation>
    </message>
    <message>
        <source>{pictures}: {latent}, about {time} here for {epochs}</source>
        <translation>{pictures}：{latent}，在这台电脑上训练 {epochs}约需 {time}</translation>
    </message>
    <message>
        <source>{pixels} · latent {shape}</source>
        <translation>{pixels} · 潜变量 {shape}</translation>
    </message>
    <message>
        <source>{place} cannot be read ({strerror}).</source>
        <translation>无法读取 {place}（{strerror}）。</translation>
    </message>
    <message>
        <source>{place} holds something that is not a bundle; choose another place with --out.</source>
        <translation>{place} 中有不属于模型包的内容；请用 --out 选择别处。</translation>
    </message>
    <message>
        <source>{place} was not emptied ({why}).</source>
        <translation>{place} 未能清空（{why}）。</translation>
    </message>
    <message numerus="yes">
        <source>{place}, {here:,} of {n:,} nodes</source>
        <translation>
            <numerusform>{place}，{n:,} 个节点中的 {here:,} 个</numerusform>
        </translation>
    </message>
    <message>
        <source>{place}: {why}</source>
        <translation>{place}：{why}</translation>
    </message>
    <message>
        <source>{provider} failed in the middle of its work ({why})</source>
        <translation>{provider} 在工作中途失败（{why}）</translation>
    </message>
    <message>
        <source>{provider} gave a picture of one colour</source>
        <translation>{provider} 给出了单色图片</translation>
    </message>
    <message>
        <source>{provider} was asked for, but {reason}.</source>
        <translation>要求使用 {provider}，但{reason}。</translation>
    </message>
    <message>
        <source>{provider} was asked for, but {reason}; the CPU does the work.</source>
        <translation>要求使用 {provider}，但{reason}；由 CPU 完成工作。</translation>
    </message>
    <message>
        <source>{psnr:.2f} dB PSNR, {ssim:.3f} SSIM</source>
        <translation>PSNR {psnr:.2f} dB，SSIM {ssim:.3f}</translation>
    </message>
    <message>
        <source>{psnr:.2f} dB on {held_out}</source>
        <translation>{held_out}上为 {psnr:.2f} dB</translation>
    </message>
    <message>
        <source>{psnr} dB</source>
        <translation>{psnr} dB</translation>
    </message>
    <message>
        <source>{psnr} dB PSNR ({kind}, {numbers:,} numbers)</source>
        <translation>PSNR {psnr} dB（{kind}，{numbers:,} 个数）</translation>
    </message>
    <message numerus="yes">
        <source>{psnr} dB PSNR, {ssim} SSIM on {n:,} held-out pictures</source>
        <translation>
            <numerusform>在 {n:,} 张留出图片上：PSNR {psnr} dB，SSIM {ssim}</numerusform>
        </translation>
    </message>
    <message>
        <source>{quality} (95 % interval {low:.1f} to {high:.1f})</source>
        <translation>{quality}（95 % 区间 {low:.1f} 至 {high:.1f}）</translation>
    </message>
    <message>
        <source>{ratio} : 1</source>
        <translation>{ratio} : 1</translation>
    </message>
    <message>
        <source>{remedy} or with --clip 1</source>
        <translation>{remedy}，或用 --clip 1</translation>
    </message>
    <message>
        <source>{run} cannot be copied to {folder}; is there room?</source>
        <translation>{run} 无法复制到 {folder}；空间是否足够？</translation>
    </message>
    <message>
        <source>{run} has no curves; its metrics.csv holds no step.</source>
        <translation>{run} 没有曲线；其 metrics.csv 不含任何一步。</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{shape}, {ratio} times fewer numbers than pixels have</source>
        <translation>{shape}，数字比像素少 {ratio} 倍</translation>
    </message>
    <message>
        <source>{share:.0f} % of the files can have transparent parts, which become white</source>
        <translation>{share:.0f} % 的文件可能有透明部分，这些部分变为白色</translation>
    </message>
    <message>
        <source>{share:.0f} % of the pictures are white all over then; lay them on a darker colour</source>
        <translation>此时 {share:.0f} % 的图片全为白色；请先把它们放在较深的颜色上</translation>
    </message>
    <message>
        <source>{share} of the variance</source>
        <translation>占方差的 {share}</translation>
    </message>
    <message>
        <source>{share}, and so do smooth waves; a map reconstructs any picture</source>
        <translation>{share}，平滑的波也能做到；特征图可以重建任何图片</translation>
    </message>
    <message>
        <source>{size:.1f} MB, {time:.1f} ms a picture on this CPU</source>
        <translation>{size:.1f} MB，在此 CPU 上每张图片 {time:.1f} ms</translation>
    </message>
    <message>
        <source>{size} GB</source>
        <translation>{size} GB</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>{size} are too much for one animated picture; save PNG frames instead.</source>
        <translation>{size} 对一个动画来说太多了；请改存 PNG 帧。</translation>
    </message>
    <message>
        <source>{size} kB</source>
        <translation>{size} kB</translation>
    </message>
    <message>
        <source>{size} on disk</source>
        <translation>磁盘上 {size}</translation>
    </message>
    <message>
        <source>{size} pixels</source>
        <translation>{size} 像素</translation>
    </message>
    <message>
        <source>{size} · reconstructed by {name}</source>
        <translation>{size} · 由 {name} 重建</translation>
    </message>
    <message>
        <source>{size}, picture {number} of {count} in this file</source>
        <translation>{size}，此文件的第 {number} 张，共 {count} 张</translation>
    </message>
    <message>
        <source>{smaller}, or {parts}</source>
        <translation>{smaller}，或 {parts}</translation>
    </message>
    <message>
        <source>{source} cannot be listed ({strerror}).</source>
        <translation>无法列出 {source}（{strerror}）。</translation>
    </message>
    <message>
        <source>{source} cannot be opened ({strerror}).</source>
        <translation>无法打开 {source}（{strerror}）。</translation>
    </message>
    <message>
        <source>{source} holds no pictures ({suffixes}).</source>
        <translation>{source} 中没有图片（{suffixes}）。</translation>
    </message>
    <message>
        <source>{source} holds no pictures, and {path} in it cannot be used ({reason}).</source>
        <translation>{source} 中没有图片，且其中的 {path} 无法使用（{reason}）。</translation>
    </message>
    <message>
        <source>{source} holds no pictures.</source>
        <translation>{source} 中没有图片。</translation>
    </message>
    <message>
        <source>{source} holds no pictures; {passed_over_words}.</source>
        <translation>{source} 中没有图片；{passed_over_words}。</translation>
    </message>
    <message>
        <source>{source} is not a folder.</source>
        <translation>{source} 不是文件夹。</translation>
    </message>
    <message>
        <source>{source} to {target}, by {name}</source>
        <translation>{source} 到 {target}，使用 {name}</translation>
    </message>
    <message>
        <source>{speed:.0f} pictures/s</source>
        <translation>{speed:.0f} 张/秒</translation>
    </message>
    <message>
        <source>{speed} per second</source>
        <translation>每秒 {speed} 张</translation>
    </message>
    <message>
        <source>{system} {release} on {machine}, Python {python}, {cpu_count} cores</source>
        <translation>{system} {release}，{machine}，Python {python}，{cpu_count} 个核心</translation>
    </message>
    <message>
        <source>{table} cannot be read as a table with a header ({error}).</source>
        <translation>{table} 无法作为带表头的表格读取（{error}）。</translation>
    </message>
    <message>
        <source>{table} names files that are missing or not told apart ({count:,}, such as {unknown}).</source>
        <translation>{table} 提到不存在或无法区分的文件（{count:,} 个，例如 {unknown}）。</translation>
    </message>
    <message>
        <source>{table} needs a header: the picture&apos;s file first, then a name for each factor.</source>
        <translation>{table} 需要表头：第一列是图片文件，其后每列是一个因素的名称。</translation>
    </message>
    <message>
        <source>{table}: row {number} has {count} cells, and the header has {count2} names; correct the row.</source>
        <translation>{table}：第 {number} 行的格数为 {count}，名称数为 {count2}；请更正。</translation>
    </message>
    <message>
        <source>{target} cannot be made ({strerror}).</source>
        <translation>无法创建 {target}（{strerror}）。</translation>
    </message>
    <message>
        <source>{target} cannot be written ({strerror}).</source>
        <translation>无法写入 {target}（{strerror}）。</translation>
    </message>
    <message>
        <source>{target} is a file, where a folder is needed.</source>
        <translation>{target} 是文件，而这里需要文件夹。</translation>
    </message>
    <message>
        <source>{text} is no share; write I/N, as in 2/8, with I from 1 to N and N at most {most:,}.</source>
        <translation>{text} 不是份额；请写成 I/N，例如 2/8，其中 I 为 1 到 N，N 最多 {most:,}。</translation>
    </message>
    <message>
        <source>{text}: {done:,} of {total:,}</source>
        <translation>{text}：{done:,} / {total:,}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>{time} ms</source>
        <translation>{time} 毫秒</translation>
    </message>
    <message>
        <source>{time} s</source>
        <translation>{time} 秒</translation>
    </message>
    <message>
        <source>{tip}; its draws lie {distance} from the nearest training picture</source>
        <translation>{tip}；抽取结果距最近的训练图片 {distance}</translation>
    </message>
    <message>
        <source>{train:,} to train on, {holdout:,} held out</source>
        <translation>{train:,} 张用于训练，{holdout:,} 张留出</translation>
    </message>
    <message>
        <source>{tried}; try {less}.</source>
        <translation>{tried}；请试 {less}。</translation>
    </message>
    <message>
        <source>{tried}; try {other}, which takes the same steps with less memory.</source>
        <translation>{tried}；请试 {other}，后者步骤相同而占用内存更少。</translation>
    </message>
    <message>
        <source>{under} is not within {folder}.</source>
        <translation>{under} 不在 {folder} 之内。</translation>
    </message>
    <message>
        <source>{way}; times as fast as onnxruntime&apos;s usual way: {ratios}</source>
        <translation>{way}；相对 onnxruntime 常规方式的速度倍数：{ratios}</translation>
    </message>
    <message>
        <source>{where} is not readable as JSON ({error}).</source>
        <translation>{where} 无法作为 JSON 读取（{error}）。</translation>
    </message>
    <message>
        <source>{where} must hold one JSON object.</source>
        <translation>{where} 必须含一个 JSON 对象。</translation>
    </message>
    <message>
        <source>{where}: distance_quantiles must rise.</source>
        <translation>{where}：distance_quantiles 必须递增。</translation>
    </message>
    <message>
        <source>{where}: format_version is {shown}; this program reads version {format_version}.</source>
        <translation>{where}：format_version 为 {shown}；本程序读取版本 {format_version}。</translation>
    </message>
    <message>
        <source>{where}: latents must be finite.</source>
        <translation>{where}：潜变量必须是有限的数。</translation>
    </message>
    <message>
        <source>{where}: latents must be floats of shape {value}.</source>
        <translation>{where}：潜变量必须是形状为 {value} 的浮点数。</translation>
    </message>
    <message>
        <source>{where}: mixture_weights must be shares that add up to 1.</source>
        <translation>{where}：mixture_weights 必须是总和为 1 的份额。</translation>
    </message>
    <message>
        <source>{where}: the array {name} is missing.</source>
        <translation>{where}：缺少数组 {name}。</translation>
    </message>
    <message>
        <source>{where}: the array {name} must hold finite floats of shape {list}.</source>
        <translation>{where}：数组 {name} 必须是形状为 {list} 的有限浮点数。</translation>
    </message>
    <message>
        <source>{where}: thumbnails must be uint8 [G, h, w, 3] with h and w at most {largest_side}.</source>
        <translation>{where}：缩略图必须是 uint8 [G, h, w, 3]，h 和 w 不大于 {largest_side}。</translation>
    </message>
    <message>
        <source>{where}: {prefix}spread must not be negative, nor {prefix}low above {prefix}high.</source>
        <translation>{where}：{prefix}spread 不能为负，{prefix}low 也不能高于 {prefix}high。</translation>
    </message>
    <message>
        <source>{why}. The CPU has taken over, and nothing is lost.</source>
        <translation>{why}。已改由 CPU 接手，没有丢失任何内容。</translation>
    </message>
    <message>
        <source>{width} px</source>
        <translation>{width} 像素</translation>
    </message>
</context>
</TS>
