/// How much of the machine a program may take before it is ended.
package struct SandboxLimits: Sendable {
    /// From start to end.
    package var wallTime: Duration
    /// Of processor, all its threads together.
    package var processorTime: Duration
    /// For as long it may say that it has come no further; nil for one that says nothing of it.
    package var stallTime: Duration?
    /// Between being told to end and being killed.
    package var grace = Duration.seconds(5)
    /// Of address space, of which programs with many threads take twice what they use.
    package var memoryBytes = 2 << 30
    /// Of all that it writes into its folder, and so of each file.
    package var folderBytes: Int
    /// Of standard output.
    package var outputBytes = 4 << 20
    /// Processes and threads.
    package var processes = 512
    package var openFiles = 256

    package init(wallTime: Duration, folderBytes: Int, stallTime: Duration? = nil) {
        (self.wallTime, self.folderBytes, self.stallTime) = (wallTime, folderBytes, stallTime)
        processorTime = wallTime * 64
    }
}
