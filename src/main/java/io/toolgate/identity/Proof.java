package io.toolgate.identity;

/** What can prove a user, the strongest first. */
public enum Proof {
  /** A session token of Open WebUI, signed with its {@code WEBUI_SECRET_KEY}. */
  SESSION_TOKEN,
  /** A token of an identity provider, signed with one of its published keys. */
  PROVIDER_TOKEN,
  /** Open WebUI's header {@code X-OpenWebUI-User-Jwt}. */
  SIGNED_HEADER,
  /** The word of a gateway that has proven itself. */
  GATEWAY,
  /** The word of a program whose key may act for users. */
  KEY
}
