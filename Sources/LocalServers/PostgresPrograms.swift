internal import FoundationEssentials

/// Where Debian keeps the server's programs: a folder for each major version, none of them on the PATH.
enum PostgresPrograms {
    private static let root = "/usr/lib/postgresql"

    /// The folder of the version that made the data, else of the newest installed.
    static func folder(forData data: String) throws -> String {
        let installed = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap { Int($0) }
            .filter { FileManager.default.isExecutableFile(atPath: "\(root)/\($0)/bin/postgres") }
        guard let newest = installed.max() else {
            throw LocalServerFailure("PostgreSQL's server is not installed: install the package postgresql-15.")
        }
        let text = try? String(contentsOfFile: data + "/PG_VERSION", encoding: .utf8)
        guard let wanted = text.flatMap({ $0.split(whereSeparator: \.isNewline).first }).flatMap({ Int($0) }) else {
            return "\(root)/\(newest)/bin"
        }
        guard installed.contains(wanted) else {
            throw LocalServerFailure(
                "The data in \(data) is of PostgreSQL \(wanted), which is not installed: install postgresql-\(wanted), "
                    + "or move the folder away to begin anew.")
        }
        return "\(root)/\(wanted)/bin"
    }
}
