internal import CLinux

/// Learns of the end of another process through a pidfd.
public enum ParentWatch {
    /// A descriptor that becomes readable when the process ends; negative when it is gone already.
    public static func open(_ processID: Int32) -> Int32 { processID > 1 ? linux_pidfd_open(processID) : -1 }
}
