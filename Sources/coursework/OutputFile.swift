import FoundationEssentials

/// A file that a person names, or `-` for standard output.
enum OutputFile {
    static func write(_ bytes: [UInt8], to name: String) throws {
        guard name != "-" else { return Terminal.write(bytes) }
        do {
            try Data(bytes).write(to: URL(filePath: name), options: .atomic)
        } catch {
            throw CommandFailure(
                .failed, "The file \(Terminal.line(name)) cannot be written; check its folder and owner.")
        }
    }
}
