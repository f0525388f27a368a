import FoundationEssentials

extension Configuration {
    /// Where the configuration is when nobody says otherwise: in the working directory, or where it is installed.
    public static let defaultFiles = ["Config/coursework.json5", "/etc/coursework/coursework.json5"]

    /// Chooses the configuration file: the option `--config`, else `COURSEWORK_CONFIG`, else the first of ``defaultFiles``.
    /// - Returns: `nil` when nobody named a file and no default one exists: the built-in defaults hold.
    public static func locate(option: String?, environment: [String: String]) -> String? {
        locate(option: option, environment: environment, exists: FileManager.default.fileExists(atPath:))
    }

    static func locate(option: String?, environment: [String: String], exists: (String) -> Bool) -> String? {
        if let option { return option }
        if let named = environment["COURSEWORK_CONFIG"], !named.isEmpty { return named }
        return defaultFiles.first(where: exists)
    }

    /// Reads and checks a configuration file, then applies the environment variables of ``environmentVariables``.
    /// - Parameters:
    ///   - file: what ``locate(option:environment:)`` chose; `nil` starts from the built-in defaults.
    ///   - environment: the variables of the process.
    ///   - domains: the job domains there are; a section of `workers` for any other is refused.
    /// - Returns: a configuration whose settings agree with each other.
    /// - Throws: every mistake there is, not only the first, unless the file is not JSON5 at all.
    public static func load(
        file: String?, environment: [String: String], domains: [String]
    ) throws(ConfigurationError) -> Configuration {
        guard let file else { return try read(nil, environment: environment, domains: domains) }
        let document = try Document(text: contents(of: file), file: file)
        return try read(document, environment: environment, domains: domains)
    }

    static func read(
        _ document: Document?, environment: [String: String], domains: [String]
    ) throws(ConfigurationError) -> Configuration {
        let findings = Findings(document?.source ?? .builtIn)
        var configuration = Configuration()
        if let document { configuration.read(document, domains: domains, findings: findings) }
        configuration.apply(environment, findings: findings)
        try findings.throwIfAny()
        return configuration
    }

    private mutating func read(_ document: Document, domains: [String], findings: Findings) {
        source = document.source
        for duplicate in document.duplicates { findings.add(duplicate) }
        guard case .object(let members) = document.root else { return }
        read(SettingsObject(path: [], members: members, findings: findings), domains: domains)
        check(findings)
        warn()
    }

    private static func contents(of file: String) throws(ConfigurationError) -> [UInt8] {
        guard !file.isEmpty else {
            throw ConfigurationError(file: nil, "The configuration file's name is empty; name a file, or none.")
        }
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: file)))
        } catch {
            throw ConfigurationError(file: file, unreadable(error))
        }
    }

    private static func unreadable(_ error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile: "there is no such file; check --config and COURSEWORK_CONFIG."
        case .fileReadNoPermission: "this user may not read the file; change its owner or mode."
        default: "this cannot be read as a file; name a readable text file."
        }
    }
}
