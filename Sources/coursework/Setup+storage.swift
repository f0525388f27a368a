import Configuration
import Storage

extension Setup {
    /// What the configuration names; nil for the folder that goes without saying.
    var storage: (any ObjectStorage)? {
        get throws {
            let settings = configuration.storage
            if let folder = settings.folder { return FolderStorage(root: folder) }
            return try settings.s3.map(Self.bucket)
        }
    }

    private static func bucket(_ settings: S3Settings) throws -> any ObjectStorage {
        guard let style = S3Location.Style(rawValue: settings.style),
            let location = S3Location(
                endpoint: settings.endpoint, bucket: settings.bucket, region: settings.region, style: style,
                prefix: settings.prefix)
        else {
            throw CommandFailure(
                .configuration,
                "storage.s3 is no address of a bucket; write endpoint (https://HOST, nothing behind), bucket and region as your provider names them."
            )
        }
        return S3Storage(
            location, account: try account(settings), connections: settings.connections,
            certificatesFile: settings.caFile)
    }

    private static func account(_ settings: S3Settings) throws -> S3Account {
        let secret = try variable("AWS_SECRET_ACCESS_KEY") ?? settings.secretAccessKeyFile.map(password)
        guard let accessKeyID = variable("AWS_ACCESS_KEY_ID") ?? settings.accessKeyID, let secret else {
            throw CommandFailure(
                .configuration,
                "storage.s3 lacks its account; set accessKeyID and secretAccessKeyFile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            )
        }
        return S3Account(accessKeyID: accessKeyID, secretAccessKey: secret)
    }

    private static func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
