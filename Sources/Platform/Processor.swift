internal import Glibc

public enum Processor {
    /// Lets another thread that waits for this core have it; returns at once when none does.
    public static func yield() { sched_yield() }
}
