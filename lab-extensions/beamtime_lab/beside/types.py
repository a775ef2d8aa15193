"""HDF5's types in the words of the viewer (`TypeDescription` in its worker/protocol.ts)."""

from __future__ import annotations

from typing import Any

from h5py import h5t


def describe_type(type_id: h5t.TypeID) -> dict[str, Any]:
    """Describe a type; sizes in bits, a string's length in bytes (None if it varies)."""
    match type_id.get_class():
        case h5t.INTEGER:
            return {
                "class": "integer",
                "bits": type_id.get_size() * 8,
                "signed": type_id.get_sign() == h5t.SGN_2,
                "littleEndian": _little(type_id),
            }
        case h5t.FLOAT:
            bits = type_id.get_size() * 8
            return {"class": "float", "bits": bits, "littleEndian": _little(type_id)}
        case h5t.STRING:
            return {
                "class": "string",
                "length": None if type_id.is_variable_str() else type_id.get_size(),
                "utf8": type_id.get_cset() == h5t.CSET_UTF8,
                "padding": type_id.get_strpad(),
            }
        case h5t.COMPOUND:
            return {"class": "compound", "fields": _fields(type_id)}
        case h5t.ENUM:
            return {
                "class": "enum",
                "base": describe_type(type_id.get_super()),
                "members": _members(type_id),
            }
        case h5t.ARRAY:
            base = describe_type(type_id.get_super())
            return {"class": "array", "base": base, "dims": list(type_id.get_array_dims())}
        case h5t.VLEN:
            return {"class": "sequence", "base": describe_type(type_id.get_super())}
        case h5t.BITFIELD:
            return {"class": "bitfield", "littleEndian": _little(type_id)}
        case h5t.OPAQUE:
            return {"class": "opaque"}
        case h5t.REFERENCE:
            return {"class": "reference"}
        case h5t.TIME:
            return {"class": "time"}
        case _:
            return {"class": "unknown"}


def _little(type_id: h5t.TypeID) -> bool:
    return bool(type_id.get_order() == h5t.ORDER_LE)


def _fields(type_id: h5t.TypeCompoundID) -> list[list[Any]]:
    return [
        [type_id.get_member_name(index).decode(), describe_type(type_id.get_member_type(index))]
        for index in range(type_id.get_nmembers())
    ]


def _members(type_id: h5t.TypeEnumID) -> dict[str, int]:
    return {
        type_id.get_member_name(index).decode(): type_id.get_member_value(index)
        for index in range(type_id.get_nmembers())
    }
