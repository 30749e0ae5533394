"""Which network addresses a page may be fetched from: the public internet, nothing else. Pure."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# Forms of IPv6 that carry an IPv4 address, and how far from its right end it stands.
_CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("::/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("64:ff9b:1::/48"), 0),
    (IPv6Network("2002::/16"), 80),
)
_SITE_LOCAL = IPv6Network("fec0::/10")


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet.

    Private, loopback, link-local (with the cloud's metadata service), carrier-grade NAT, multicast and
    reserved addresses are not, in IPv4, in IPv6, or as IPv4 inside IPv6; nor is what is no address.
    """
    try:
        ip = ip_address(address.partition("%")[0].strip("[]"))
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip in _SITE_LOCAL:
            return False
        for network, shift in _CARRIERS:
            if ip in network:
                return _is_public(IPv4Address((int(ip) >> shift) & 0xFFFFFFFF))
    return _is_public(ip)


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local or ip.is_unspecified)
