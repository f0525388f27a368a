/// A bucket of S3, or of what speaks like it.
public struct S3Settings: Sendable, Equatable {
    public static let styles = ["path", "virtual-host"]

    /// `https://s3.eu-central-1.amazonaws.com`.
    public var endpoint = ""
    public var bucket = ""
    public var region = "us-east-1"
    /// `path` for `https://host/bucket/key`, `virtual-host` for `https://bucket.host/key`.
    public var style = "path"
    /// A folder in the bucket; nil for all of it.
    public var prefix: String?
    public var accessKeyID: String?
    /// A file that holds only the secret access key.
    public var secretAccessKeyFile: String?
    /// How many calls of one process are under way at once: 1 to 64.
    public var connections = 8
    /// A file of certificates to trust instead of the system's.
    public var caFile: String?

    public init() {}
}

extension S3Settings: SettingsSection {
    static let title = "a setting of storage.s3"
    static let keys = [
        "endpoint", "bucket", "region", "style", "prefix", "accessKeyID", "secretAccessKeyFile", "connections",
        "caFile",
    ]

    mutating func read(_ object: SettingsObject) {
        endpoint = object.required("endpoint", such: "https://s3.eu-central-1.amazonaws.com") ?? endpoint
        bucket = object.required("bucket", such: "school-files") ?? bucket
        region = object.text("region") ?? region
        style = object.choice("style", of: Names(Self.styles), "a style of S3 addresses") ?? style
        prefix = object.isNull("prefix") ? nil : object.text("prefix")
        accessKeyID = object.isNull("accessKeyID") ? nil : object.text("accessKeyID")
        secretAccessKeyFile = object.isNull("secretAccessKeyFile") ? nil : object.path("secretAccessKeyFile")
        connections = object.integer("connections", in: 1...64) ?? connections
        caFile = object.isNull("caFile") ? nil : object.path("caFile")
    }
}

extension SettingsObject {
    fileprivate func required(_ key: String, such example: String) -> String? {
        guard members[key] != nil else {
            refuse(nil, "'\(key)' is missing; add it, such as \"\(example)\".")
            return nil
        }
        return text(key)
    }
}
