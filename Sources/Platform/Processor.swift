internal import Glibc

public enum Processor {
    /// How many cores there are.
    public static var count: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Lets another thread that waits for this core have it; returns at once when none does.
    public static func yield() { sched_yield() }

    /// From now on other processes of the machine that want a core have it before this one.
    public static func giveWay() {
        // Linux keeps the priority by thread; those that are yet to come have that of their maker.
        guard let threads = opendir("/proc/self/task") else { return }
        defer { closedir(threads) }
        while let entry = readdir(threads) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let thread = UInt32(name) { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), thread, 10) }
        }
    }
}
