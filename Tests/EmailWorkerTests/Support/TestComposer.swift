import Foundation
import Jobs

@testable import EmailWorker

/// Makes mail of payloads, with a storage and a key for links.
struct TestComposer {
    static let date = Date(timeIntervalSince1970: 1_763_719_440)
    static let key = String(repeating: "k", count: 32)

    let folder: TestFolder
    let composer: EmailComposer

    init(_ folder: TestFolder, dkim: [String: [DKIMSettings]]? = nil) throws {
        self.folder = folder
        var settings = EmailSettings()
        settings.from = "School <no-reply@school.example>"
        settings.unsubscribe = UnsubscribeSettings(url: "https://school.example/unsubscribe")
        settings.dkim = dkim
        let surroundings = Surroundings(
            environment: [UnsubscribeLinks.variable: Self.key], dataFolder: folder.path,
            configurationFolder: TestFolder.package + "/Config")
        composer = try EmailComposer(settings, surroundings, sendsByServer: true)
    }

    func mail(_ job: SendEmail) async throws -> OutgoingMail {
        try await composer.compose(job, id: JobID("emails:1731999999999-0")!, date: Self.date)
    }

    func mail(_ payload: String) async throws -> OutgoingMail {
        try await mail(JSONDecoder().decode(SendEmail.self, from: Data(payload.utf8)))
    }
}

extension SendEmail {
    static let plain = SendEmail(to: Recipients(addresses: ["ada@school.example"]), subject: "Hi", text: "Hello\n")
}
