internal import FoundationEssentials

/// A program in C, which the build puts beside this one.
enum CeilingProgram: String {
    case redis = "redis-ceiling"
    case certificate = "certificate-ceiling"
    case server = "server-ceiling"

    var path: String? {
        guard let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else { return nil }
        let path = own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/" + rawValue
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }
}
