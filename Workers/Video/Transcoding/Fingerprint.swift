import FoundationEssentials
import Jobs
import Signing

/// What decides how a video comes out: with the same, it need not be made again.
struct Fingerprint {
    private struct Content: Encodable {
        /// Changes with the way videos are made.
        let version = 2
        let source: String
        let captions: [String]
        let encryption: [String]
        let maxHeight: Int
        let maxFrameRate: Int
        let preset: String
    }

    let text: String

    /// - Parameter source: the SHA-256 of the upload.
    init(
        source: String, _ captions: [SourceCaptions], _ request: TranscodeRequest, _ rules: TranscodingRules
    ) throws {
        let content = Content(
            source: source,
            captions: captions.map { "\($0.sha256) \($0.language ?? "") \($0.name ?? "")" },
            encryption: request.encryption.map { [$0.address.address, $0.key.text] } ?? [],
            maxHeight: rules.maxHeight, maxFrameRate: rules.maxFrameRate, preset: rules.preset)
        text = SHA256.text(try JobResult(encoding: content).json)
    }
}
