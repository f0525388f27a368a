/// Where large things lie that jobs only name.
public struct StorageSettings: Sendable, Equatable {
    /// Nil for the folder `storage` in the data folder.
    public var folder: String?
    /// A bucket instead of a folder.
    public var s3: S3Settings?

    public init() {}
}

extension StorageSettings: SettingsSection {
    static let title = "a setting of storage"
    static let keys = ["folder", "s3"]

    mutating func read(_ object: SettingsObject) {
        folder = object.isNull("folder") ? nil : object.path("folder")
        s3 = object.isNull("s3") ? nil : object.section("s3")
        if folder != nil, s3 != nil { object.refuse("folder", "'s3' is set too; keep one of them.") }
    }
}
