/// One step of the database's schema: a numbered SQL file, compiled into the program.
public struct Migration: Sendable, Equatable {
    public let number: Int
    public let name: String
    let sql: String

    /// - Parameter file: its name, such as `0001-effects.sql`.
    init(file: String, sql: [UInt8]) {
        let parts = file.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let number = Int(parts[0]), file.hasSuffix(".sql") else {
            preconditionFailure("a migration's file is called 0001-what.sql, not \(file)")
        }
        self.number = number
        name = String(parts[1].dropLast(4))
        self.sql = String(decoding: sql, as: UTF8.self)
    }

    /// All there are, in order. A file that was released is never changed: what is to be different is a new one.
    public static let all: [Migration] = [
        Migration(file: "0001-effects.sql", sql: PackageResources._001_effects_sql),
        Migration(file: "0002-outbox.sql", sql: PackageResources._002_outbox_sql),
        Migration(file: "0003-outbox-ends.sql", sql: PackageResources._003_outbox_ends_sql),
        Migration(file: "0004-mail.sql", sql: PackageResources._004_mail_sql),
        Migration(file: "0005-quiz.sql", sql: PackageResources._005_quiz_sql),
        Migration(file: "0006-mail-warm-ups.sql", sql: PackageResources._006_mail_warm_ups_sql),
        Migration(file: "0007-certificates.sql", sql: PackageResources._007_certificates_sql),
        Migration(file: "0008-videos.sql", sql: PackageResources._008_videos_sql),
        Migration(file: "0009-outbox-fingerprints.sql", sql: PackageResources._009_outbox_fingerprints_sql),
        Migration(file: "0010-mail-erasures.sql", sql: PackageResources._010_mail_erasures_sql),
    ]
}
