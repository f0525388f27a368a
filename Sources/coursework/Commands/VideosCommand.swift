/// `coursework videos`: what became of videos, and what of them lies in the storage.
struct VideosCommand: VerbCommand {
    static let name = "videos"
    static let summary = "see what became of videos, and delete what is no video's"
    static let help = """
        Looks after videos. They are made by jobs: video.transcode.

        Usage: coursework videos list [--state S] [--limit N]
               coursework videos show DESTINATION
               coursework videos tidy [--dry-run] [--older-than TIME]
               coursework videos erase DESTINATION [--dry-run | --yes]

          list          the newest first; --state is processing, ready, failed, cancelled or erased
          show          one: its job, what is published, and where that lies
          tidy          asks Redis for the jobs of videos that are being processed, and writes down how
                        those ended that could not say so themselves, because they killed their workers
                        or were cancelled while they waited; platforms that want to hear of it do. Then it
                        deletes versions that were replaced (workers.video.keepVersions ago) and what
                        attempts left behind that died. Best run every hour
            --older-than  how old folders of attempts are at least, so that nobody writes into them
                          (default: 1h)
          erase         deletes all files that were published to a destination, and where they came from.
                        The upload, and the key of an encrypted video, are yours to delete

          --dry-run            change nothing, and tell what would be
          --reason TEXT        why, for the audit trail, in which all is written that changes something
          --json               print JSON
          --config FILE        the configuration

        Examples: coursework videos list --state failed
                  coursework videos tidy --dry-run
        """

    static let verbs: [String: any SetupVerb.Type] = [
        "list": ListVideos.self, "show": ShowVideo.self, "tidy": TidyVideos.self, "erase": EraseVideo.self,
    ]

    let setup: Setup
    let verb: any SetupVerb

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments)
        verb = try Self.verb(&arguments, setup)
    }
}
