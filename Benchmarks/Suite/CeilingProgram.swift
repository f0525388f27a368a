internal import FoundationEssentials

/// The C program `redis-ceiling`, which the build puts beside this one.
enum CeilingProgram {
    static var path: String? {
        guard let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else { return nil }
        let path = own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/redis-ceiling"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }
}
