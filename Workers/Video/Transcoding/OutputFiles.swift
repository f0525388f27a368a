import AdaptiveStreaming
import FoundationEssentials
import Glibc
import MediaSandbox
import Platform

/// The files that programs wrote who are gone by now. Plain files only: a link would have us publish what the program
/// could not read itself.
struct OutputFiles: Sendable {
    private static let maxTextBytes = 8 << 20

    private let folder: String
    /// By the name in the folder, in bytes.
    private let sizes: [String: Int]

    init(of folder: JobFolder) throws {
        self.folder = folder.output
        var sizes: [String: Int] = [:]
        try Self.list(folder.output, "", into: &sizes)
        self.sizes = sizes
    }

    private static func list(_ folder: String, _ prefix: String, into sizes: inout [String: Int]) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            var status = stat()
            let path = "\(folder)/\(name)"
            guard lstat(path, &status) == 0 else { throw SystemError.last(path) }
            switch status.st_mode & S_IFMT {
            case S_IFREG where status.st_nlink == 1: sizes[prefix + name] = Int(status.st_size)
            case S_IFDIR where prefix.isEmpty: try list(path, name + "/", into: &sizes)
            default: throw UnsoundOutput("The encoder left something that is no file: it is not to be trusted.")
            }
        }
    }

    var count: Int { sizes.count }

    func has(_ name: String) -> Bool { sizes[name] != nil }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func bytes(_ name: String) -> Int { sizes[name] ?? 0 }

    func require(_ name: String) throws(UnsoundOutput) {
        guard bytes(name) > 0 else { throw UnsoundOutput("The file \(name) is missing or empty.") }
    }

    func contents(of name: String) throws -> [UInt8] {
        try require(name)
        return [UInt8](try Data(contentsOf: URL(filePath: path(name))))
    }

    func text(of name: String) throws -> String {
        guard bytes(name) <= Self.maxTextBytes else { throw UnsoundOutput("The file \(name) is too large.") }
        return String(decoding: try contents(of: name), as: UTF8.self)
    }

    func requirePicture(_ name: String) throws {
        guard bytes(name) < 16 << 20, try contents(of: name).starts(with: [0xFF, 0xD8, 0xFF]) else {
            throw UnsoundOutput("The picture \(name) is no JPEG.")
        }
    }

    /// Whether a player can begin before it has all of an MP4 file: `moov` comes before `mdat`.
    func startsWithIndex(_ name: String) throws -> Bool {
        let file = FileDescriptor(owning: open(path(name), O_RDONLY | O_CLOEXEC))
        var head = [UInt8](repeating: 0, count: 1 << 12)
        let count = max(0, read(file.number, &head, head.count))
        var offset = 0
        while offset + 8 <= count {
            let name = String(decoding: head[(offset + 4)..<(offset + 8)], as: UTF8.self)
            if name == "moov" || name == "mdat" { return name == "moov" }
            let size = head[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
            guard size >= 8 else { return false }
            offset += size
        }
        return false
    }
}
