import FoundationEssentials

/// A file that a person names, or `-` for standard input.
enum InputFile {
    static func read(_ name: String) throws -> [UInt8] {
        if name == "-" { return try StandardInput.readAll() }
        do { return [UInt8](try Data(contentsOf: URL(filePath: name))) } catch {
            throw CommandFailure(.failed, "The file \(Terminal.line(name)) cannot be read; check its path and owner.")
        }
    }
}
