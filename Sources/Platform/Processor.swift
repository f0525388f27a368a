internal import CLinux

public enum Processor {
    /// Tells the processor that this thread waits in a loop, so that its sibling may have the core's units.
    public static func relax() { linux_cpu_relax() }
}
